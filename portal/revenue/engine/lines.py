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
from .explain import Fen
from .faults import gettext_noop
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
            message = gettext_noop("this line is paid already; a line is paid once")
            raise EventFault(event, "event", message)
        self.estimate = Held(event.gross, split(self.agreement, event.gross))
        yield Posting(event, Track.ESTIMATED, 0, self.estimate.legs)

    def _settle(self, event: Event) -> Iterator[Posting]:
        if event.phase in self.phases:
            _check_repeated(event, self.phases[event.phase][1])
            return
        estimate = self._estimate(event)
        if event.gross > estimate.left:
            message = gettext_noop("settled %(gross)s is above the %(left)s of the estimate left")
            raise EventFault(
                event, "gross_fen", message, gross=Fen(event.gross), left=Fen(estimate.left)
            )
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
            message = gettext_noop(
                "a refund of %(gross)s is more than the %(left)s left of this line"
            )
            raise EventFault(event, "gross_fen", message, gross=Fen(event.gross), left=Fen(left))
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
            message = gettext_noop(
                "this line is not paid at that time; its paid row must be there and earlier"
            )
            raise EventFault(event, "event", message)
        return self.estimate


def check_day(agreement: Agreement, event: Event) -> None:
    day = day_of(event.at)
    if agreement.covers(day):
        return
    if day < agreement.effective_from:
        first = agreement.effective_from
        message = gettext_noop("paid on %(day)s, before the agreement, which begins on %(first)s")
        raise EventFault(event, "occurred_at", message, day=day, first=first)
    message = gettext_noop(
        "paid on %(day)s, after the agreement, whose last day is the one before %(end)s"
    )
    raise EventFault(event, "occurred_at", message, day=day, end=agreement.effective_to)


def _check_repeated(event: Event, held: Held) -> None:
    if event.gross != held.gross:
        message = gettext_noop("phase %(phase)s settled %(before)s already; it cannot be %(gross)s")
        amounts = {"before": Fen(held.gross), "gross": Fen(event.gross)}
        raise EventFault(event, "gross_fen", message, phase=event.phase, **amounts)
