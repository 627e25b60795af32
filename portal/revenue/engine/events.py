"""What happened to an order line, and which rows tell of one and the same event."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from .faults import gettext_noop


class Kind(StrEnum):
    PAID = "paid"
    SETTLED = "settled"
    REFUNDED = "refunded"


# At one and the same moment a line is paid before it is settled, and settled before it is refunded.
RANK = {kind: rank for rank, kind in enumerate(Kind)}


class Event(NamedTuple):
    """phase: 1, 2, … of a settled one, 0 otherwise. at: aware, in UTC. row: where it stands in
    its file, for what is said about it."""

    order: str
    line: str
    kind: Kind
    phase: int
    gross: int
    at: datetime
    event_id: str = ""
    row: int = 0

    @property
    def content(self) -> tuple[object, ...]:
        """All that it says of itself; two that say the same without an id are one event."""
        return self[:-1]

    @property
    def place(self) -> tuple[object, ...]:
        """Where it stands among the others, whatever the order of the rows."""
        rank = RANK[self.kind]
        return (self.at, self.order, self.line, rank, self.phase, self.gross, self.event_id)


class EventFault(ValueError):
    """An event that cannot be, and why: a field and a sentence. message: a msgid of the catalogue
    with %-places for `params`, whose amounts a file says in fen."""

    def __init__(self, event: Event, field: str, message: str, **params: object) -> None:
        self.event, self.field, self.message, self.params = event, field, message, params
        plain = {key: int(one) if isinstance(one, int) else one for key, one in params.items()}
        self.reason = message % plain
        super().__init__(f"{field}: {self.reason}")


def in_order(events: Iterable[Event]) -> tuple[list[Event], list[EventFault]]:
    """Each event once, by time; and those whose id stands for something else, too."""
    seen: dict[object, Event] = {}
    faults: list[EventFault] = []
    for event in events:
        first = seen.setdefault(event.event_id or event.content, event)
        if first is not event and first.content != event.content:
            message = gettext_noop("%(id)r is another event on line %(row)s; one id is one event")
            named = {"id": event.event_id, "row": first.row}
            faults.append(EventFault(event, "event_id", message, **named))
    return sorted(seen.values(), key=lambda event: event.place), faults
