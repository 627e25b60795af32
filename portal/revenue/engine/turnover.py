"""What of a line settled in which month, as of all that is known: a refund lowers the month of the
phase that it reverses, whenever it comes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from .events import Event, Kind
from .months import Month, month_of


class Settled(NamedTuple):
    month: Month
    left: int


def settled_by_month(events: Iterable[Event]) -> dict[Month, int]:
    """Of one line's events; the amounts that `Line` posts on the settled track, whoever gets them.
    Nothing before it is paid."""
    estimate, phases = 0, list[Settled]()
    for event in sorted(events, key=lambda event: event.place):
        if event.kind is Kind.PAID:
            estimate = event.gross
        elif event.kind is Kind.SETTLED:
            estimate -= event.gross
            phases.append(Settled(month_of(event.at), event.gross))
        else:
            released = min(estimate, event.gross)
            estimate -= released
            phases = _reversed(phases, event.gross - released)
    found: defaultdict[Month, int] = defaultdict(int)
    for phase in phases:
        found[phase.month] += phase.left
    return dict(found)


def _reversed(phases: list[Settled], amount: int) -> list[Settled]:
    """The earliest first."""
    left = []
    for phase in phases:
        part = min(amount, phase.left)
        amount -= part
        left.append(Settled(phase.month, phase.left - part))
    return left
