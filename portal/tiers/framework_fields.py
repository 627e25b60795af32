"""What somebody says of a framework, as values: for page, admin, API and demo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from portal.revenue.engine import Month


@dataclass(frozen=True, slots=True)
class FrameworkFields:
    """From the first day of a month on. `targets`: settled net GMV of each month in fen; `bands`:
    (up to so many fen a month, basis points), the last without a limit; `creators`: active ones to
    be reached, 0 for no such target; `meetings`: days of review meetings; `extras`: what the
    platform does beside the rebate."""

    starts_on: date
    targets: Sequence[int]
    bands: Sequence[tuple[int | None, int]]
    mode: str = "marginal"
    creators: int = 0
    meetings: Sequence[date] = ()
    extras: str = ""
    note: str = ""

    @property
    def months(self) -> list[Month]:
        first = self.starts_on.year * 12 + self.starts_on.month - 1
        numbers = range(first, first + len(self.targets))
        return [Month(number // 12, number % 12 + 1) for number in numbers]

    @property
    def ends_on(self) -> date:
        """The first day that no longer counts."""
        return self.months[-1].next().first_day if self.targets else self.starts_on

    @property
    def total(self) -> int:
        return sum(self.targets)


@dataclass(frozen=True, slots=True)
class DecisionFields:
    """What a meeting decided: who does it until when. `side` as in `FrameworkSide`."""

    text: str
    side: str
    owner: str
    due_on: date


@dataclass(frozen=True, slots=True)
class MinutesFields:
    held_on: date
    minutes: str
    decisions: Sequence[DecisionFields] = ()
