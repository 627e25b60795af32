"""What a pool will have paid, and until when it lasts.

- *Expected to pass*: what is reserved × the share of ended claims that passed. With `p` of `n`
  ended claims passed this share lies, with 90% certainty, in the Wilson interval

      (p + z²/2 ± z √(p (n − p)/n + z²/4)) ÷ (n + z²),   z = 1.6449.

  With fewer than `LEAST_ENDED` ended claims nothing is expected: there is not enough to tell.
- *What comes back*: what is reserved less what is expected to pass.
- *Runs dry*: what is free now, and what comes back, last for so many days at the pace of the last
  days. The pace is what was newly reserved in them, a day, less what of it will come back by the
  same share; with no pace, or without a share, no day is named.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta

LEAST_ENDED = 10
Z = 1.6449  # 90%, both sides
MOST_DAYS = 3_650  # beyond, a day says nothing


@dataclass(frozen=True, slots=True)
class Paces:
    """Of one pool, in its own unit. `passed` of `ended` claims; `taken` was newly reserved in the
    last `days` days."""

    budget: int
    reserved: int
    granted: int
    passed: int
    ended: int
    taken: int
    days: int

    def __post_init__(self) -> None:
        if min(self.budget, self.reserved, self.granted, self.passed, self.taken) < 0:
            raise ValueError("less than nothing")
        if self.passed > self.ended or self.days < 1:
            raise ValueError("more passed than ended, or no day looked at")
        if self.reserved + self.granted > self.budget:
            raise ValueError("more promised than there is")

    @property
    def free(self) -> int:
        return self.budget - self.reserved - self.granted

    @property
    def is_enough(self) -> bool:
        return self.ended >= LEAST_ENDED


@dataclass(frozen=True, slots=True)
class Forecast:
    """`expected`, `low`, `high`: of what is reserved, what will be granted; None: not enough
    ended claims. `dries_on`: None where no day can be named."""

    free: int
    expected: int | None
    low: int | None
    high: int | None
    dries_on: date | None

    @property
    def is_enough(self) -> bool:
        return self.expected is not None


def forecast(paces: Paces, today: date) -> Forecast:
    if not paces.is_enough:
        return Forecast(paces.free, None, None, None, today if paces.free <= 0 else None)
    low, high = wilson(paces.passed, paces.ended)
    expected = paces.reserved * paces.passed // paces.ended
    return Forecast(
        free=paces.free,
        expected=expected,
        low=min(expected, math.floor(paces.reserved * low)),
        high=max(expected, math.ceil(paces.reserved * high)),
        dries_on=_dry(paces, paces.free + paces.reserved - expected, today),
    )


def _dry(paces: Paces, lasting: int, today: date) -> date | None:
    if lasting <= 0:
        return today
    spent = paces.taken * paces.passed  # over `days` days and `ended` claims
    if spent <= 0:
        return None
    days = lasting * paces.days * paces.ended // spent
    return today + timedelta(days=days) if days <= MOST_DAYS else None


def wilson(passed: int, ended: int) -> tuple[float, float]:
    """The share that passes, between 0 and 1, with 90% certainty."""
    half = Z * math.sqrt(passed * (ended - passed) / ended + Z * Z / 4)
    middle, whole = passed + Z * Z / 2, ended + Z * Z
    return max(0.0, (middle - half) / whole), min(1.0, (middle + half) / whole)
