"""The same arithmetic once more, naive and slow, written from docs/splits.md and not from the
engine: every state is computed anew from the beginning, with fractions."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta, timezone
from fractions import Fraction
from typing import Any

CHINA = timezone(timedelta(hours=8))
Row = tuple[str, str, str, str, str, str, int, str]
LegKey = tuple[str, str]


def entries(document: dict[str, Any], rows: list[dict[str, str]], until: str = "") -> list[Row]:
    """rows: those of orders.csv, sound ones. Gives the rows of entries.csv that are not zero."""
    unique = {row.get("event_id") or tuple(sorted(row.items())): row for row in rows}
    ordered = sorted(unique.values(), key=_when)
    found: list[Row] = []
    reversed_phases: list[tuple[str, str, int, dict[LegKey, int]]] = []
    for at, row in enumerate(ordered):
        before, after = (
            _line_at(document, ordered[:at], row),
            _line_at(document, ordered[: at + 1], row),
        )
        for track, phase in sorted(before.keys() | after.keys(), key=lambda key: (key[0], key[1])):
            shown = row["phase"] or (str(phase) if track == "settled" and phase else "")
            old, new = before.get((track, phase), {}), after.get((track, phase), {})
            moved = {leg: new.get(leg, 0) - old.get(leg, 0) for leg in old.keys() | new.keys()}
            if track == "settled" and any((*old.values(), *new.values())):
                month = _phase_month(ordered, row, phase)
                reversed_phases.append((month, _month(row), sum(moved.values()), moved))
            for leg, amount in moved.items():
                if amount:
                    key = (row["order"], row["line"], row["event"], shown)
                    found.append((*key, *leg, amount, track))
    settled = [_month(row) for row in ordered if row["event"] == "settled"]
    if settled:
        found += _periods(document, reversed_phases, min(settled), until or max(settled), until)
    return found


def _when(row: dict[str, str]) -> tuple[Any, ...]:
    rank = ["paid", "settled", "refunded"].index(row["event"])
    phase, gross = int(row["phase"] or 0), int(row["gross_fen"])
    return (_moment(row), row["order"], row["line"], rank, phase, gross, row.get("event_id", ""))


def _moment(row: dict[str, str]) -> datetime:
    moment = datetime.fromisoformat(row["occurred_at"])
    return moment if moment.tzinfo else moment.replace(tzinfo=CHINA)


def _month(row: dict[str, str]) -> str:
    return f"{_moment(row).astimezone(CHINA):%Y-%m}"


def _phase_month(ordered: list[dict[str, str]], row: dict[str, str], phase: int) -> str:
    key = (row["order"], row["line"], "settled", str(phase))
    same = [o for o in ordered if (o["order"], o["line"], o["event"], o["phase"]) == key]
    return _month(same[0])


# --- one line, as it stands after some of its events ----------------------------------------------


def _line_at(
    document: dict[str, Any], rows: list[dict[str, str]], like: dict[str, str]
) -> dict[tuple[str, int], dict[LegKey, int]]:
    """(track, phase) → leg → what stands there."""
    mine = [r for r in rows if (r["order"], r["line"]) == (like["order"], like["line"])]
    paid = sum(int(r["gross_fen"]) for r in mine if r["event"] == "paid")
    phases: dict[int, int] = {}
    released = 0
    reversed_: Counter[int] = Counter()
    for row in mine:
        amount = int(row["gross_fen"])
        if row["event"] == "settled" and int(row["phase"]) not in phases:
            phases[int(row["phase"])] = amount
            released += amount
        elif row["event"] == "refunded":
            of_estimate = min(amount, paid - released)
            released += of_estimate
            amount -= of_estimate
            for phase, gross in phases.items():
                part = min(amount, gross - reversed_[phase])
                reversed_[phase] += part
                amount -= part
    state = {("estimated", 0): _less(tree(document, paid), paid, released)}
    settled = 0
    for phase, gross in phases.items():
        before, settled = tree(document, settled), settled + gross
        after = tree(document, settled)
        legs = {leg: after[leg] - before[leg] for leg in after}
        state["settled", phase] = _less(legs, gross, reversed_[phase])
    return state


def _less(legs: dict[LegKey, int], gross: int, returned: int) -> dict[LegKey, int]:
    if gross == 0:
        return legs
    exact = {leg: Fraction(amount * returned, gross) for leg, amount in legs.items()}
    given = largest_remainder(exact, returned)
    return {leg: amount - given[leg] for leg, amount in legs.items()}


def largest_remainder(exact: dict[LegKey, Fraction], whole: int) -> dict[LegKey, int]:
    found = {leg: share.__floor__() for leg, share in exact.items()}
    while sum(found.values()) < whole:
        # `max` takes the first of several that are equal.
        found[max(exact, key=lambda leg: exact[leg] - found[leg])] += 1
    return found


def tree(document: dict[str, Any], gross: int) -> dict[LegKey, int]:
    legs: dict[LegKey, int] = {}
    left = gross
    for component in document["components"]:
        left -= _component(component, gross, left, legs)
    legs["residual", document["residual"]] = left
    return legs


def _component(component: dict[str, Any], base: int, left: int, legs: dict[LegKey, int]) -> int:
    if component.get("fixed_fen") is not None:
        amount = component["fixed_fen"]
    else:
        amount = rounded(Fraction(base * component["rate_bp"], 10_000))
    if component.get("cap_fen") is not None and amount > component["cap_fen"]:
        amount = component["cap_fen"]
    if amount > left:
        amount = left
    divide = component.get("divide") or {component["party"]: 1}
    legs.update({(component["code"], party): 0 for party in divide})
    rest = amount
    for inner in component.get("components") or []:
        rest -= _component(inner, amount, rest, legs)
    whole = sum(divide.values())
    exact = {
        (component["code"], party): Fraction(rest * weight, whole)
        for party, weight in divide.items()
    }
    legs.update(largest_remainder(exact, rest))
    return amount


def rounded(exact: Fraction) -> int:
    below = exact.__floor__()
    return below + 1 if exact - below >= Fraction(1, 2) else below


# --- months ---------------------------------------------------------------------------------------


def _periods(
    document: dict[str, Any],
    moves: list[tuple[str, str, int, dict[LegKey, int]]],
    first: str,
    last: str,
    until: str,
) -> list[Row]:
    found: list[Row] = []
    months = sorted({*_months(first, last), *(happened for _, happened, _, _ in moves)})
    for component in document.get("period_components") or []:
        for month in months:
            if until and month > until:
                continue
            if month <= last:
                own = _owed(document, component, moves, month, month)
                found += _pair(document, component, month, "", own)
            for earlier in [one for one in months if one < month]:
                if not any(m[0] == earlier and m[1] == month for m in moves):
                    continue
                now = _owed(document, component, moves, earlier, month)
                before = _owed(document, component, moves, earlier, _previous(month))
                found += _pair(document, component, month, earlier, now - before)
    return found


def _owed(
    document: dict[str, Any],
    component: dict[str, Any],
    moves: list[tuple[str, str, int, dict[LegKey, int]]],
    month: str,
    known_in: str,
) -> int:
    """For a month, by what is known at the end of another."""
    mine = [move for move in moves if move[0] == month and move[1] <= known_in]
    net = sum(amount for _, _, amount, _ in mine)
    days, of = _days(document, month)
    if component.get("fixed_fen") is not None:
        owed = Fraction(component["fixed_fen"] if days else 0)
    elif component.get("rate_bp") is not None:
        owed = Fraction(net * component["rate_bp"], 10_000)
    else:
        owed = _ladder(component["ladder"], net)
    guarantee = component.get("guarantee")
    if guarantee:
        sure = Fraction(guarantee["fen"] * days, of)
        owed = owed + sure if guarantee["mode"] == "plus" else max(owed, sure)
    less = component.get("less") or []
    deducted = sum(
        amount for _, _, _, legs in mine for (code, _), amount in legs.items() if code in less
    )
    return rounded(owed) - deducted


def _ladder(ladder: dict[str, Any], net: int) -> Fraction:
    if ladder["mode"] == "whole_band":
        for band in ladder["bands"]:
            if band["up_to_fen"] is None or net <= band["up_to_fen"]:
                return Fraction(net * band["rate_bp"], 10_000)
    owed, below = Fraction(0), 0
    for band in ladder["bands"]:
        top = net if band["up_to_fen"] is None else min(net, band["up_to_fen"])
        owed += Fraction(max(top - below, 0) * band["rate_bp"], 10_000)
        below = max(top, below)
    return owed


def _pair(
    document: dict[str, Any], component: dict[str, Any], month: str, line: str, amount: int
) -> list[Row]:
    payer = component.get("payer") or document["residual"]
    key = (month, line, "period", "", component["code"])
    both = [(component["party"], amount), (payer, -amount)]
    return [(*key, party, part, "settled") for party, part in both if part]


def _days(document: dict[str, Any], month: str) -> tuple[int, int]:
    """Days of the month in the agreement, and in all."""
    day = datetime.fromisoformat(f"{month}-01").date()
    inside = of = 0
    while f"{day:%Y-%m}" == month:
        of += 1
        ends = document.get("effective_to")
        inside += document["effective_from"] <= str(day) and (not ends or str(day) < ends)
        day += timedelta(days=1)
    return inside, of


def _months(first: str, last: str) -> list[str]:
    found, month = [], first
    while month <= last:
        found.append(month)
        year, number = map(int, month.split("-"))
        month = f"{year + number // 12:04d}-{number % 12 + 1:02d}"
    return found


def _previous(month: str) -> str:
    day = datetime.fromisoformat(f"{month}-01").date() - timedelta(days=1)
    return f"{day:%Y-%m}"
