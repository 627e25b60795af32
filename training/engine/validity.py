"""Until when a certificate holds: plain days of the calendar."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import TypeVar

Day = TypeVar("Day", bound=date)  # or a moment, which keeps its hour


def months_later(day: Day, months: int) -> Day:
    """The same day of a later month, or its last one."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return day.replace(year=year, month=month + 1, day=min(day.day, last))


def last_day(completed: date, months: int, before: date | None, early: timedelta) -> date:
    """The last day of a certificate. `before`: the last day of the one it renews. Who renews within
    `early` of it loses nothing: the new one goes on from there."""
    if before is not None and before - early <= completed <= before:
        return months_later(before, months)
    return months_later(completed, months)


def threshold_reached(left: int, thresholds: tuple[int, ...]) -> int | None:
    """The smallest of `thresholds` (days) that `left` days have come down to; None: not yet one."""
    return min((days for days in thresholds if left <= days), default=None)
