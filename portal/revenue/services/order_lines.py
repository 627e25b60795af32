"""An order line with everything that happened to it, followed from payment to the last refund."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter
from typing import Any

from portal.core import bulk
from portal.revenue import engine
from portal.revenue.models import OrderEvent, OrderLine
from portal.revenue.order_states import EventKind

WRITTEN = ("id", "event_id", "kind", "phase", "amount_fen", "occurred_at")
KINDS = {str(kind): kind for kind in engine.Kind}
IN_ORDER = attrgetter("place")


@dataclass(slots=True, eq=False)
class Happened:
    """An event of a line: one that is written, or one that comes in now. As lean as it can be, for
    a file has a million."""

    line: OrderLine
    event_id: str
    kind: str
    phase: int
    amount_fen: int
    occurred_at: datetime
    is_new: bool = True
    pk: int = 0  # a new one's, once it is written

    @property
    def said(self) -> tuple[object, ...]:
        """What it says of itself."""
        line = self.line
        told = (self.kind, self.phase, self.amount_fen, self.occurred_at)
        return line.order, line.line, *told


Moved = list[tuple[Happened, engine.Posting]]


@dataclass(slots=True)
class Known:
    """A line with its events: those that are written, and those that come in now. `moved`: what
    each event moves, in the order of time; nothing before the line is paid."""

    line: OrderLine
    events: list[Happened]
    is_new: bool = False
    is_paid_now: bool = False
    moved: Moved = field(default_factory=list)

    def follow(self) -> None:
        """Sets `moved`, and what the line says of itself. Raises engine.EventFault."""
        line, terms = self.line, self.line.terms
        if terms is None:
            return
        told = [_told(line, event, row) for row, event in enumerate(self.events)]
        told.sort(key=IN_ORDER)
        state = engine.Line(terms.tree)
        self.moved = [(self.events[one.row], moved) for one in told for moved in state.post(one)]
        line.paid_fen = self._sum(EventKind.PAID)
        line.settled_fen = state.settled
        line.refunded_fen = self._sum(EventKind.REFUNDED)

    def leave_out(self, event: Happened) -> None:
        """One that cannot be. Without its payment the line has no terms, and the others wait."""
        self.events = [one for one in self.events if one is not event]
        if event.kind == EventKind.PAID:
            self.line.terms, self.line.paid_at = None, None

    def _sum(self, kind: str) -> int:
        return sum([event.amount_fen for event in self.events if event.kind == kind])


def _told(line: OrderLine, event: Happened, row: int) -> engine.Event:
    """As the engine reads it; its row is which one of ours it is."""
    kind, amount, at = KINDS[event.kind], event.amount_fen, event.occurred_at
    return engine.Event(line.order, line.line, kind, event.phase, amount, at, event.event_id, row)


def with_events(lines: Iterable[OrderLine]) -> dict[int, Known]:
    """These lines with what is written of them, by their keys."""
    known = {line.pk: Known(line, []) for line in lines}
    rows = OrderEvent.objects.filter(line__in=list(known)) if known else OrderEvent.objects.none()
    for line, *row in rows.values_list("line_id", *WRITTEN):
        known[line].events.append(_written(known[line].line, row))
    return known


def named(feed: str, ids: Iterable[str]) -> dict[str, Happened]:
    """The written events of a feed with these ids."""
    rows = OrderEvent.objects.filter(feed=feed, event_id__in=ids).select_related("line")
    by_line: dict[int, OrderLine] = {}
    return {
        row.event_id: _written(
            by_line.setdefault(row.line_id, row.line), [getattr(row, name) for name in WRITTEN]
        )
        for row in rows
    }


def _written(line: OrderLine, row: Iterable[Any]) -> Happened:
    pk, event_id, kind, phase, amount, at = row
    return Happened(line, event_id, kind, phase, amount, at, is_new=False, pk=pk)


def write_events(feed: str, events: Sequence[Happened], moment: datetime) -> None:
    """Those that are new, behind their lines."""
    for event, key in zip(events, bulk.keys(OrderEvent, len(events)), strict=True):
        event.pk = key
    names = [*WRITTEN, "feed", "line", "recorded_at"]
    rows = [
        (
            *(one.pk, one.event_id, one.kind, one.phase, one.amount_fen, one.occurred_at),
            *(feed, one.line.pk, moment),
        )
        for one in events
    ]
    bulk.copy_rows(OrderEvent, names, rows)
