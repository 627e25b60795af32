"""Who gets how far, and what one unit of improvement costs.

- *Funnel*: of each stage how many came so far, and the share of the stage before.
- *Cost of a unit*: what was granted to `n` claims ÷ what the indicator of their parties changed
  in sum, from the last official value before the claim to the first after its end. The mean
  change has a 90% interval m ± t · s/√n (Student's t with n − 1 degrees of freedom), and the cost
  has the one that follows: cost a claim ÷ its ends. With fewer than `LEAST_CHANGES` changes, or
  where the interval reaches nought, no cost is named: a quotient by what may be nothing says
  nothing. It is no proof of cause: who takes a task may have improved without it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

LEAST_CHANGES = 8
# Student's t, 95% on one side, by degrees of freedom; beyond the last the normal's.
T = dict(
    [
        *[(7, 1.895), (8, 1.860), (9, 1.833), (10, 1.812), (12, 1.782), (15, 1.753)],
        *[(20, 1.725), (25, 1.708), (30, 1.697), (40, 1.684), (60, 1.671), (120, 1.658)],
    ]
)
NORMAL = 1.645


@dataclass(frozen=True, slots=True)
class Stage:
    """`share`: whole percent of the stage before, None where nobody came so far."""

    code: str
    count: int
    share: int | None


@dataclass(frozen=True, slots=True)
class Funnel:
    stages: tuple[Stage, ...]

    @property
    def share(self) -> int | None:
        """From the first stage to the last."""
        first, last = self.stages[0].count, self.stages[-1].count
        return 100 * last // first if first else None


def funnel_of(counts: Sequence[tuple[str, int]]) -> Funnel:
    """`counts`: how many came at least so far, the first stage first."""
    stages: list[Stage] = []
    for code, count in counts:
        before = stages[-1].count if stages else count
        if not 0 <= count <= before:
            raise ValueError(f"{code}: {count} of {before}")
        stages.append(Stage(code, count, 100 * count // before if before else None))
    return Funnel(tuple(stages))


@dataclass(frozen=True, slots=True)
class Change:
    """Of one claim: what was granted for it, in the pool's unit, and by how much its indicator
    changed, better counted upwards."""

    granted: int
    points: float


@dataclass(frozen=True, slots=True)
class UnitCost:
    """`mean`, `low`, `high`: of the change. `cost` of one unit with its ends, in the pool's unit;
    None: not enough to tell."""

    claims: int
    granted: int
    mean: float | None = None
    low: float | None = None
    high: float | None = None
    cost: int | None = None
    cost_low: int | None = None
    cost_high: int | None = None

    @property
    def is_enough(self) -> bool:
        return self.cost is not None

    @property
    def missing(self) -> int:
        """How many more changes before anything is said."""
        return max(0, LEAST_CHANGES - self.claims)


def unit_cost(changes: Sequence[Change]) -> UnitCost:
    n, granted = len(changes), sum(one.granted for one in changes)
    if n < LEAST_CHANGES:
        return UnitCost(n, granted)
    mean = math.fsum(one.points for one in changes) / n
    spread = math.fsum((one.points - mean) ** 2 for one in changes) / (n - 1)
    half = student(n - 1) * math.sqrt(spread / n)
    low, high = mean - half, mean + half
    if low <= 0:
        return UnitCost(n, granted, mean, low, high)
    each = granted / n
    return UnitCost(
        *(n, granted, mean, low, high),
        cost=round(each / mean),
        cost_low=round(each / high),
        cost_high=round(each / low),
    )


def student(freedom: int) -> float:
    """The next smaller line of the table: never too narrow."""
    if freedom > max(T):
        return NORMAL
    return T[max(line for line in T if line <= freedom)]
