"""A straight line from the first of January through today to the end of the year.

What was reached by day `d` of `D` would be `reached × D ÷ d` at the end; a party is on its way to
a threshold when its own line meets it by then: `net × D ≥ threshold × d`. Whole numbers
throughout, so that a page, a list and the database never differ by a rounding.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Pace:
    """`day` days of the year are counted, of `days`; 1 ≤ day ≤ days."""

    day: int
    days: int

    def __post_init__(self) -> None:
        if not 1 <= self.day <= self.days:
            raise ValueError(f"day {self.day} of {self.days}")

    def leads_to(self, reached: int) -> int:
        """What it would be at the end of the year, rounded down."""
        return reached * self.days // self.day

    def meets(self, reached: int, threshold: int) -> bool:
        """Whether it would be there by the end of the year."""
        return reached * self.days >= threshold * self.day

    def due(self, target: int) -> int:
        """How much of a target the calendar asks for by now, rounded down."""
        return target * self.day // self.days


def pace_on(day: date) -> Pace:
    """The year of this day, up to and with it."""
    days = 366 if calendar.isleap(day.year) else 365
    return Pace((day - date(day.year, 1, 1)).days + 1, days)


def months_before(day: date, months: int) -> date:
    """The same day of the month so many months earlier; the last of a shorter month."""
    number = day.year * 12 + day.month - 1 - months
    year, month = number // 12, number % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
