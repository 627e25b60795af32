"""Targets of some months against what was reached, and what they come to at today's pace.

The pace is what was reached so far, divided by what was planned for the days so far; a month that
runs counts by its days. What is left of each month is expected at that pace of its own plan, so
that a plan with a strong November is not stretched by a weak February.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple


class Planned(NamedTuple):
    """Fen of the month that begins on `first`."""

    first: date
    target: int
    actual: int


class Expected(NamedTuple):
    """`projected`: what was reached, and what is still expected of the month."""

    first: date
    target: int
    actual: int
    projected: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """`due`: planned for the days so far, exact. `pace` is None before anything was planned."""

    months: Sequence[Expected]
    due: Fraction
    pace: Fraction | None

    @property
    def target(self) -> int:
        return sum(one.target for one in self.months)

    @property
    def actual(self) -> int:
        return sum(one.actual for one in self.months)

    @property
    def projected(self) -> int:
        return sum(one.projected for one in self.months)

    @property
    def pace_bp(self) -> int | None:
        """Basis points, rounded down: what is short of the plan never reads 100%."""
        return None if self.pace is None else int(self.pace * 10_000)

    @property
    def pace_percent(self) -> int | None:
        return None if self.pace_bp is None else self.pace_bp // 100

    def is_behind(self, least_bp: int) -> bool:
        return self.pace_bp is not None and self.pace_bp < least_bp


def look_out(planned: Sequence[Planned], as_of: date) -> Outlook:
    """`as_of`: the last day that is counted."""
    due = sum((one.target * _passed(one.first, as_of) for one in planned), Fraction(0))
    reached = sum(one.actual for one in planned)
    pace = Fraction(reached) / due if due else None
    return Outlook([_expected(one, as_of, pace) for one in planned], due, pace)


def _expected(one: Planned, as_of: date, pace: Fraction | None) -> Expected:
    ahead = one.target * (1 - _passed(one.first, as_of)) * max(pace or Fraction(0), Fraction(0))
    return Expected(*one, one.actual + _half_up(ahead))


def _passed(first: date, as_of: date) -> Fraction:
    """Which part of the month is over."""
    whole = monthrange(first.year, first.month)[1]
    days = as_of.toordinal() - first.toordinal() + 1
    return Fraction(min(max(days, 0), whole), whole)


def _half_up(amount: Fraction) -> int:
    return (2 * amount.numerator + amount.denominator) // (2 * amount.denominator)
