"""An order line with everything that happened to it, followed from payment to the last refund."""

from __future__ import annotations

from dataclasses import dataclass, field

from portal.revenue import engine
from portal.revenue.models import OrderEvent, OrderLine
from portal.revenue.order_states import EventKind

Moved = list[tuple[OrderEvent, engine.Posting]]


@dataclass(slots=True)
class Known:
    """A line with its events: those that are written, and those that come in now. `moved`: what
    each event moves, in the order of time; nothing before the line is paid."""

    line: OrderLine
    events: list[OrderEvent]
    is_new: bool = False
    is_paid_now: bool = False
    moved: Moved = field(default_factory=list)

    def follow(self) -> None:
        """Sets `moved`, and what the line says of itself. Raises engine.EventFault."""
        line = self.line
        if line.terms is None:
            return
        by_id = {id(event): event for event in self.events}
        told = sorted((_told(event) for event in self.events), key=lambda event: event.place)
        state = engine.Line(line.terms.tree)
        self.moved = [
            (by_id[event.row], posting) for event in told for posting in state.post(event)
        ]
        line.paid_fen = self._sum(EventKind.PAID)
        line.settled_fen = state.settled
        line.refunded_fen = self._sum(EventKind.REFUNDED)

    def leave_out(self, event: OrderEvent) -> None:
        """One that cannot be. Without its payment the line has no terms, and the others wait."""
        self.events = [one for one in self.events if one is not event]
        if event.kind == EventKind.PAID:
            self.line.terms, self.line.paid_at = None, None

    def _sum(self, kind: EventKind) -> int:
        return sum(event.amount_fen for event in self.events if event.kind == kind)


def _told(event: OrderEvent) -> engine.Event:
    """As the engine reads it; its row is which one of ours it is."""
    line, kind = event.line, engine.Kind(event.kind)
    amount, at = event.amount_fen, event.occurred_at
    return engine.Event(
        line.order, line.line, kind, event.phase, amount, at, event.event_id, id(event)
    )
