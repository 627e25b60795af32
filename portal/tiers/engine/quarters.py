"""Calendar quarters."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import MAXYEAR, date
from typing import NamedTuple

QUARTER = re.compile(r"([0-9]{4})Q([1-4])")
MONTHS = 3


class Quarter(NamedTuple):
    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year:04d}Q{self.number}"

    @property
    def first_day(self) -> date:
        return date(self.year, MONTHS * self.number - 2, 1)

    @property
    def last_day(self) -> date:
        month = MONTHS * self.number
        return date(self.year, month, monthrange(self.year, month)[1])

    def later(self, quarters: int) -> Quarter:
        """So many after it; before it, if negative."""
        year, number = divmod(self.year * 4 + self.number - 1 + quarters, 4)
        return Quarter(year, number + 1)

    def next(self) -> Quarter:
        return self.later(1)

    def previous(self) -> Quarter:
        return self.later(-1)


def quarter_of(day: date) -> Quarter:
    return Quarter(day.year, (day.month - 1) // MONTHS + 1)


def parse_quarter(text: str) -> Quarter | None:
    """`2026Q3`; None for anything else."""
    match = QUARTER.fullmatch(text)
    if match is None:
        return None
    year = int(match[1])
    return Quarter(year, int(match[2])) if 1 < year < MAXYEAR else None
