"""Random agreements, and random lives of order lines that are sound."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from portal.revenue.engine import Event, Kind

any_input = settings(  # on a busy machine, too
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
PARTIES = ("platform", "agency", "creator", "provider", "merchant", "团长")
MOST = 10**15
BEGINS = datetime(2026, 1, 10, 2, tzinfo=UTC)

amounts = st.one_of(st.integers(1, 12), st.integers(1, 30_000), st.integers(1, MOST), st.just(MOST))
rates = st.one_of(st.integers(0, 3_000), st.sampled_from([0, 1, 333, 3_333, 10_000]))


@st.composite
def components(draw: st.DrawFn, codes: list[str], depth: int) -> list[dict[str, Any]]:
    """Siblings whose rates stay within the whole; some are fixed, capped, divided."""
    found = []
    rate_left = 10_000
    for _ in range(draw(st.integers(0 if depth else 1, 3))):
        one: dict[str, Any] = {"code": f"c{len(codes)}"}
        codes.append(one["code"])
        if draw(st.integers(0, 4)):
            one["rate_bp"] = min(draw(rates), rate_left)
            rate_left -= one["rate_bp"]
        else:
            one["fixed_fen"] = draw(st.one_of(st.integers(0, 20), amounts))
        if not draw(st.integers(0, 3)):
            one["cap_fen"] = draw(st.one_of(st.none(), st.integers(0, 20), amounts))
        if draw(st.booleans()):
            parties = draw(st.lists(st.sampled_from(PARTIES), min_size=2, max_size=4, unique=True))
            weights = st.one_of(st.integers(0, 9), st.integers(1, MOST))
            one["divide"] = {parties[0]: draw(st.integers(1, 9))}
            one["divide"] |= {party: draw(weights) for party in parties[1:]}
        else:
            one["party"] = draw(st.sampled_from(PARTIES))
        if depth < 2 and draw(st.booleans()):
            one["components"] = draw(components(codes, depth + 1))
        found.append(one)
    return found


@st.composite
def period_components(draw: st.DrawFn, codes: list[str]) -> list[dict[str, Any]]:
    found = []
    for at in range(draw(st.integers(0, 2))):
        party, payer = draw(
            st.lists(st.sampled_from(PARTIES[:4]), min_size=2, max_size=2, unique=True)
        )
        one: dict[str, Any] = {"code": f"p{at}", "party": party, "of": "net_gmv"}
        if draw(st.booleans()):
            one["payer"] = payer
        sort = draw(st.sampled_from(["ladder", "ladder", "rate_bp", "fixed_fen"]))
        if sort == "ladder":
            limits = draw(st.lists(amounts, max_size=3, unique=True).map(sorted))
            bands = [{"up_to_fen": top, "rate_bp": draw(rates)} for top in [*limits, None]]
            mode = draw(st.sampled_from(["marginal", "whole_band"]))
            one["ladder"] = {"mode": mode, "bands": bands}
        else:
            one[sort] = draw(rates)
        if draw(st.booleans()):
            mode = draw(st.sampled_from(["max", "plus"]))
            one["guarantee"] = {"fen": draw(st.integers(0, 10**7)), "mode": mode}
        if codes and draw(st.booleans()):
            one["less"] = draw(st.lists(st.sampled_from(codes), max_size=2, unique=True))
        found.append(one)
    return found


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    codes: list[str] = []
    found: dict[str, Any] = {
        "version": 1,
        "effective_from": "2026-01-08",
        "effective_to": draw(st.sampled_from([None, "2026-03-20"])),
        "residual": "merchant",
        "components": draw(components(codes, 0)),
    }
    return found | {"period_components": draw(period_components(codes))}


@st.composite
def line_of(draw: st.DrawFn, order: str, *, is_all_returned: bool) -> list[dict[str, str]]:
    """Paid, settled in phases and refunded in any order; the whole of it, if so asked."""
    gross = draw(amounts)
    at = BEGINS + timedelta(hours=draw(st.integers(0, 300)))
    steps: list[tuple[str, int, int]] = [("paid", 0, gross)]
    estimate, back, phase = gross, 0, 0
    for _ in range(draw(st.integers(0, 7))):
        if estimate and draw(st.booleans()):
            phase, part = phase + 1, draw(st.integers(0, estimate))
            estimate -= part
            steps.append(("settled", phase, part))
        elif gross > back:
            part = draw(st.integers(0, gross - back))
            back += part
            estimate -= min(part, estimate)
            steps.append(("refunded", 0, part))
    if is_all_returned and gross > back:
        steps.append(("refunded", 0, gross - back))
    rows = []
    for number, (kind, of, amount) in enumerate(steps):
        rows.append(_row(order, kind, of, amount, at, f"{order}-{number}"))
        at += timedelta(hours=draw(st.integers(1, 900)))
    return rows


def _row(order: str, kind: str, phase: int, amount: int, at: datetime, name: str) -> dict[str, str]:
    return {
        "order": order,
        "line": "1",
        "event": kind,
        "phase": str(phase or ""),
        "gross_fen": str(amount),
        "occurred_at": at.isoformat(),
        "event_id": name,
    }


@st.composite
def chains(draw: st.DrawFn, *, is_all_returned: bool = False) -> list[dict[str, str]]:
    """The rows of several lines, in any order."""
    orders = [f"N{number}" for number in range(draw(st.integers(1, 3)))]
    made = [draw(line_of(order, is_all_returned=is_all_returned)) for order in orders]
    return draw(st.permutations([row for line in made for row in line]))


def rows_of(chain: list[dict[str, str]]) -> list[dict[str, str]]:
    """Some of them told twice."""
    return chain + chain[::3]


def to_events(rows: list[dict[str, str]]) -> list[Event]:
    return [
        Event(
            order=row["order"],
            line=row["line"],
            kind=Kind(row["event"]),
            phase=int(row["phase"] or 0),
            gross=int(row["gross_fen"]),
            at=datetime.fromisoformat(row["occurred_at"]),
            event_id=row["event_id"],
            row=at,
        )
        for at, row in enumerate(rows, start=2)
    ]
