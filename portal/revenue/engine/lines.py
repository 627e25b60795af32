"""One order line from payment to its last refund, as postings on two tracks.

Estimated and settled money never meet: settling and refunding release the estimate, and the
settled track gets its own postings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from .agreement import Agreement
from .amounts import apportion
from .events import Event, EventFault, Kind
from .months import day_of
from .splitting import split


class Track(StrEnum):
    ESTIMATED = "estimated"
    SETTLED = "settled"


class Posting(NamedTuple):
    """amounts: one for each leg of the agreement, with its sign; they sum to what the event moves.

    phase: of the settled track, the one posted or reversed; 0 otherwise.
    settled_at: when that phase settled; its month is the one a refund belongs to.
    """

    event: Event
    track: Track
    phase: int
    amounts: Sequence[int]
    settled_at: datetime | None = None


@dataclass(slots=True)
class Held:
    """An amount as it was split, and how much of it was given back since."""

    gross: int
    legs: Sequence[int]
    returned: int = 0
    returned_legs: Sequence[int] = ()

    @property
    def left(self) -> int:
        return self.gross - self.returned

    def give_back(self, amount: int) -> list[int]:
        """Cumulative target minus what was given back before: negative amounts, but a leg may get
        one fen again, because the largest remainder moves on."""
        before = self.returned_legs or [0] * len(self.legs)
        self.returned += amount
        is_all = self.returned == self.gross
        self.returned_legs = self.legs if is_all else apportion(self.returned, self.legs)
        return [old - new for old, new in zip(before, self.returned_legs, strict=True)]


@dataclass(slots=True)
class Line:
    """What is known of an order line so far."""

    agreement: Agreement
    estimate: Held | None = None
    phases: dict[int, tuple[datetime, Held]] = field(default_factory=dict)
    settled: int = 0
    settled_legs: Sequence[int] = ()

    def post(self, event: Event) -> Iterator[Posting]:
        """Raises EventFault; events come in the order of time."""
        if event.kind is Kind.PAID:
            return self._pay(event)
        return self._settle(event) if event.kind is Kind.SETTLED else self._refund(event)

    def _pay(self, event: Event) -> Iterator[Posting]:
        check_day(self.agreement, event)
        if self.estimate is not None:
            raise EventFault(event, "event", "this line is paid already; a line is paid once")
        self.estimate = Held(event.gross, split(self.agreement, event.gross))
        yield Posting(event, Track.ESTIMATED, 0, self.estimate.legs)

    def _settle(self, event: Event) -> Iterator[Posting]:
        if event.phase in self.phases:
            _check_repeated(event, self.phases[event.phase][1])
            return
        estimate = self._estimate(event)
        if event.gross > estimate.left:
            reason = f"settled {event.gross} is above the {estimate.left} of the estimate left"
            raise EventFault(event, "gross_fen", reason)
        yield Posting(event, Track.ESTIMATED, 0, estimate.give_back(event.gross))
        self.settled += event.gross
        before = self.settled_legs or [0] * len(self.agreement.legs)
        is_all = self.settled == estimate.gross  # as most lines settle: split already
        self.settled_legs = estimate.legs if is_all else split(self.agreement, self.settled)
        legs = [new - old for new, old in zip(self.settled_legs, before, strict=True)]
        self.phases[event.phase] = event.at, Held(event.gross, legs)
        yield Posting(event, Track.SETTLED, event.phase, legs, event.at)

    def _refund(self, event: Event) -> Iterator[Posting]:
        estimate = self._estimate(event)
        left = estimate.left + sum(held.left for _, held in self.phases.values())
        if event.gross > left:
            reason = f"a refund of {event.gross} is more than the {left} left of this line"
            raise EventFault(event, "gross_fen", reason)
        release = min(event.gross, estimate.left)
        if release:
            yield Posting(event, Track.ESTIMATED, 0, estimate.give_back(release))
        yield from self._reverse(event, event.gross - release)

    def _reverse(self, event: Event, amount: int) -> Iterator[Posting]:
        """Earliest first, as they were settled."""
        for phase, (at, held) in self.phases.items():
            part = min(amount, held.left)
            if part:
                yield Posting(event, Track.SETTLED, phase, held.give_back(part), at)
                amount -= part

    def _estimate(self, event: Event) -> Held:
        if self.estimate is None:
            reason = "this line is not paid at that time; its paid row must be there and earlier"
            raise EventFault(event, "event", reason)
        return self.estimate


def check_day(agreement: Agreement, event: Event) -> None:
    day = day_of(event.at)
    if agreement.covers(day):
        return
    if day < agreement.effective_from:
        when = f"before the agreement, which begins on {agreement.effective_from}"
    else:
        when = f"after the agreement, whose last day is the one before {agreement.effective_to}"
    raise EventFault(event, "occurred_at", f"paid on {day}, {when}")


def _check_repeated(event: Event, held: Held) -> None:
    if event.gross != held.gross:
        reason = f"phase {event.phase} settled {held.gross} already; it cannot be {event.gross}"
        raise EventFault(event, "gross_fen", reason)
