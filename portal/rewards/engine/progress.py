"""How far the steps of a claim are, from what was recorded.

A step counts the records of one event within its window, each reference once: their number, the
sum of their amounts, or the days in which there was one. It is done at the moment of the record
with which the count first meets its target; what comes later changes nothing, and what comes late
to be recorded changes nothing but when it was done. So the order of recording never matters.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Counts(StrEnum):
    RECORDS = "records"
    AMOUNT = "amount"
    DAYS = "days"


@dataclass(frozen=True, slots=True)
class Step:
    """`first` and `last` belong to the window; None is open."""

    event: str
    counts: Counts
    target: int
    first: datetime | None = None
    last: datetime | None = None

    def __post_init__(self) -> None:
        if self.target < 1:
            raise ValueError(f"a target of {self.target}")

    def takes(self, event: Event) -> bool:
        if event.event != self.event:
            return False
        if self.first is not None and event.at < self.first:
            return False
        return self.last is None or event.at <= self.last


@dataclass(frozen=True, slots=True)
class Event:
    """What the part that owns the record told. `day`: of `at`, in the calendar that counts."""

    event: str
    ref: str
    amount: int
    at: datetime
    day: date


@dataclass(frozen=True, slots=True)
class Done:
    """`value` in the unit of the target; `at`: when the target was met."""

    step: Step
    value: int
    at: datetime | None

    @property
    def missing(self) -> int:
        return max(0, self.step.target - self.value)

    @property
    def is_done(self) -> bool:
        return self.at is not None

    @property
    def percent(self) -> int:
        """100 only where it is met."""
        if self.is_done:
            return 100
        return min(99, 100 * max(0, self.value) // self.step.target)


def progress_of(steps: Sequence[Step], events: Iterable[Event]) -> list[Done]:
    """Each step in its order, by the same records."""
    told = sorted({(one.event, one.ref): one for one in events}.values(), key=_when)
    return [_progress(step, told) for step in steps]


def _when(event: Event) -> tuple[datetime, str]:
    return event.at, event.ref


def _progress(step: Step, told: Sequence[Event]) -> Done:
    value, met, days = 0, None, set()
    for event in told:
        if not step.takes(event):
            continue
        if step.counts == Counts.RECORDS:
            value += 1
        elif step.counts == Counts.AMOUNT:
            value += event.amount
        else:
            days.add(event.day)
            value = len(days)
        if met is None and value >= step.target:
            met = event.at
    return Done(step, value, met)
