"""Agreements and orders for the tests of the engine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from portal.revenue.engine import (
    Agreement,
    Entry,
    Event,
    Kind,
    parse_agreement,
    parse_month,
    post_events,
)
from portal.revenue.engine.months import SHANGHAI

BANDS = [{"up_to_fen": 50_000_000, "rate_bp": 300}, {"up_to_fen": None, "rate_bp": 400}]


def document(*components: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {
        "version": 1,
        "effective_from": "2026-01-01",
        "residual": "merchant",
        "components": list(components),
    } | changes


def component(code: str, rate_bp: int | None = None, **keys: Any) -> dict[str, Any]:
    """To a party of its own name, unless told otherwise."""
    found = {"code": code, **keys}
    if rate_bp is not None:
        found["rate_bp"] = rate_bp
    return found if "divide" in found else {"party": code, **found}


def agreement(*components: dict[str, Any], **changes: Any) -> Agreement:
    return parse_agreement(document(*components, **changes))


def event(kind: str, gross: int, at: str, *, phase: int = 0, **keys: Any) -> Event:
    """Of order A, line 1. at: of Shanghai, `01-31` for noon of a day in 2026."""
    text = f"2026-{at}T12:00:00" if len(at) == 5 else at
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=SHANGHAI)
    given = {"order": "A", "line": "1"} | keys
    return Event(kind=Kind(kind), gross=gross, at=moment.astimezone(UTC), phase=phase, **given)


def paid(gross: int, at: str = "01-05", **keys: Any) -> Event:
    return event("paid", gross, at, **keys)


def settled(gross: int, at: str = "01-20", phase: int = 1, **keys: Any) -> Event:
    return event("settled", gross, at, phase=phase, **keys)


def refunded(gross: int, at: str, **keys: Any) -> Event:
    return event("refunded", gross, at, **keys)


def entries(of: Agreement, *events: Event, until: str = "") -> list[Entry]:
    return list(post_events(of, events).entries(parse_month(until)))


def sums(rows: Sequence[Entry], *names: str) -> dict[Any, int]:
    """What the rows come to by one field or several, without zeros."""
    found: Counter[Any] = Counter()
    for row in rows:
        key = tuple(str(getattr(row, name)) for name in names)
        found[key if len(names) > 1 else key[0]] += row.amount_fen
    return {key: amount for key, amount in found.items() if amount}


def step(rows: Sequence[Entry], kind: str, phase: int | None = None) -> dict[str, int]:
    """What an event moved of each party's settled money."""
    mine = [row for row in rows if row.event == kind and row.track == "settled"]
    return sums([row for row in mine if phase in (None, row.phase)], "party")
