"""Calendar months as Shanghai counts them."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import MAXYEAR, date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")


class Month(NamedTuple):
    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    @property
    def days(self) -> int:
        return calendar.monthrange(self.year, self.number)[1]

    @property
    def first_day(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, self.number, self.days)

    def next(self) -> Month:
        return Month(self.year + 1, 1) if self.number == 12 else Month(self.year, self.number + 1)

    def until(self, last: Month) -> Iterator[Month]:
        """This month and those after it, up to and including `last`."""
        month = self
        while month <= last:
            yield month
            month = month.next()

    def days_in_force(self, begins: date, ends: date | None) -> int:
        """Its days from `begins` on and before `ends`."""
        first = max(self.first_day, begins).toordinal()
        after = self.last_day.toordinal() + 1
        if ends is not None:
            after = min(after, ends.toordinal())
        return max(after - first, 0)


def day_of(moment: datetime) -> date:
    """Of an aware moment, in Shanghai."""
    return moment.astimezone(SHANGHAI).date()


def month_of(moment: datetime) -> Month:
    day = day_of(moment)
    return Month(day.year, day.month)


def parse_month(text: str) -> Month | None:
    """`2026-03`; None for anything else."""
    match = MONTH.fullmatch(text)
    if match is None:
        return None
    year, number = int(match[1]), int(match[2])
    return Month(year, number) if 1 <= year <= MAXYEAR and 1 <= number <= 12 else None
