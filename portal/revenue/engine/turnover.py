"""What of a line settled when, as of all that is known: a refund lowers the phase that it reverses,
whenever it comes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from .events import Event, Kind
from .months import Month, month_of


class Settled(NamedTuple):
    at: datetime
    left: int


def settled_by_month(events: Iterable[Event]) -> dict[Month, int]:
    """Of one line's events; the amounts that `Line` posts on the settled track, whoever gets them.
    Nothing before it is paid."""
    found: defaultdict[Month, int] = defaultdict(int)
    for phase in settled_phases(events):
        found[month_of(phase.at)] += phase.left
    return dict(found)


def settled_phases(events: Iterable[Event]) -> list[Settled]:
    """The same, phase by phase in their order."""
    estimate, phases = 0, list[Settled]()
    for event in sorted(events, key=lambda event: event.place):
        if event.kind is Kind.PAID:
            estimate = event.gross
        elif event.kind is Kind.SETTLED:
            estimate -= event.gross
            phases.append(Settled(event.at, event.gross))
        else:
            released = min(estimate, event.gross)
            estimate -= released
            phases = _reversed(phases, event.gross - released)
    return phases


def _reversed(phases: list[Settled], amount: int) -> list[Settled]:
    """The earliest first."""
    left = []
    for phase in phases:
        part = min(amount, phase.left)
        amount -= part
        left.append(Settled(phase.at, phase.left - part))
    return left
