"""Working hours: nine to six in Shanghai on working days. Deadlines and answers are counted in the
hours somebody is at a desk."""

from __future__ import annotations

from collections.abc import Set
from datetime import date, datetime, time, timedelta

from portal.core.clock import SHANGHAI
from portal.core.workdays import is_working_day, working_days

OPENS, CLOSES = time(9), time(18)
NOTHING = timedelta(0)


def after_working_hours(start: datetime, hours: int) -> datetime:
    """The moment `hours` working hours after `start` (aware), holidays left out."""
    local, left = start.astimezone(SHANGHAI), timedelta(hours=hours)
    while True:
        opens, closes = _desk(local.date())
        begins = max(local, opens)
        if begins < closes and is_working_day(local.date()):
            if left <= closes - begins:
                return begins + left
            left -= closes - begins
        local = opens + timedelta(days=1)


def working_time_between(start: datetime, end: datetime) -> timedelta:
    """How long somebody was at a desk from `start` to `end` (both aware); nothing if they are the
    other way round. One query, however far apart."""
    first, last = start.astimezone(SHANGHAI).date(), end.astimezone(SHANGHAI).date()
    return working_time(start, end, set(working_days(first, last)))


def working_time(start: datetime, end: datetime, days: Set[date]) -> timedelta:
    """The same without a query: `days` holds the working ones among those it is about."""
    first, last = start.astimezone(SHANGHAI), end.astimezone(SHANGHAI)
    total, day = NOTHING, first.date()
    while day <= last.date():
        if day in days:
            opens, closes = _desk(day)
            total += max(min(last, closes) - max(first, opens), NOTHING)
        day += timedelta(days=1)
    return total


def _desk(day: date) -> tuple[datetime, datetime]:
    return datetime.combine(day, OPENS, SHANGHAI), datetime.combine(day, CLOSES, SHANGHAI)
