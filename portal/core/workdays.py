"""Working days: Monday to Friday without public holidays, and the weekends worked instead.

The days come from the official calendar as the package `chinesecalendar` knows it; operators add
the years it does not know yet, and correct it. A day without a row is what its weekday says.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import chinese_calendar
from django.db import transaction

from portal.core.models import Holiday

ONE = timedelta(days=1)
SPAN = 60  # days read at once
CHINESE = {holiday.value: holiday.chinese for holiday in chinese_calendar.Holiday}


def is_working_day(day: date) -> bool:
    return _is_working(day, _exceptions(day, day))


def add_working_days(start: date, number: int) -> date:
    """The working day that is `number` working days after `start` (before, if negative); `start`
    itself for 0. `start` need not be a working day and is not counted."""
    step, left, day = (ONE if number > 0 else -ONE), abs(number), start
    while left:
        edge = day + SPAN * step
        exceptions = _exceptions(min(day, edge), max(day, edge))
        while left and day != edge:
            day += step
            left -= _is_working(day, exceptions)
    return day


def working_days_between(start: date, end: date) -> int:
    """How many working days follow `start` up to and including `end`; negative the other way round.

    `working_days_between(day, add_working_days(day, n)) == n`.
    """
    if end < start:
        return -working_days_between(end - ONE, start - ONE)
    exceptions = _exceptions(start + ONE, end)
    weekdays = _weekdays(start, end)
    worked = sum(is_workday and day.weekday() > 4 for day, is_workday in exceptions.items())
    free = sum(not is_workday and day.weekday() < 5 for day, is_workday in exceptions.items())
    return weekdays + worked - free


def working_days(first: date, last: date) -> Iterator[date]:
    """Each working day from `first` to `last`, both included. One query."""
    exceptions = _exceptions(first, last)
    for ahead in range((last - first).days + 1):
        day = first + ahead * ONE
        if _is_working(day, exceptions):
            yield day


def _weekdays(start: date, end: date) -> int:
    """Mondays to Fridays after `start` up to and including `end`."""
    weeks, rest = divmod((end - start).days, 7)
    return weeks * 5 + sum((start.weekday() + 1 + n) % 7 < 5 for n in range(rest))


def _is_working(day: date, exceptions: dict[date, bool]) -> bool:
    return exceptions.get(day, day.weekday() < 5)


def _exceptions(first: date, last: date) -> dict[date, bool]:
    rows = Holiday.objects.filter(day__range=(first, last))
    return dict(rows.values_list("day", "is_workday"))


@transaction.atomic
def load_holidays() -> int:
    """Add the days of the package that are missing; rows edited in admin keep their edits."""
    known = set(Holiday.objects.values_list("day", flat=True))
    holidays = chinese_calendar.constants.holidays.items()
    workdays = chinese_calendar.constants.workdays.items()
    days = [(day, name, False) for day, name in holidays] + [(d, n, True) for d, n in workdays]
    new = [
        Holiday(day=day, is_workday=worked, name_zh=CHINESE.get(name, name), name_en=name)
        for day, name, worked in days
        if day not in known
    ]
    return len(Holiday.objects.bulk_create(new))
