"""The plan without slots: each party's slots and the tables only as sums.

Every plan is such a set of pairs, so the best set bounds every plan; where only caps bind, it is
one (see colouring.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from .fair import BoolArray
from .flows import most_rewarding
from .problem import Problem, Rewards

TRIALS = 12  # prices of a shortfall that are tried for a bound


@dataclass(frozen=True)
class Standing:
    """How good a set of pairs is: musts in it, meetings short of the minimums and of fairness, and
    units of value."""

    musts: int
    short: int
    unfair: int
    units: int

    @property
    def rank(self) -> tuple[int, int, int, int]:
        """Larger is better."""
        return (self.musts, -self.short, -self.unfair, self.units)


def standing_of(problem: Problem, chosen: BoolArray) -> Standing:
    short = unfair = 0
    for parties, ends in ((problem.lefts, problem.left), (problem.rights, problem.right)):
        counts = np.bincount(ends[chosen], minlength=len(parties.most))
        short += int(np.maximum(parties.least - counts, 0).sum())
        unfair += int(np.maximum(parties.fair - counts, 0).sum())
    units = int(problem.units[chosen].sum())
    return Standing(int(problem.musts[chosen].sum()), short, unfair, units)


def relax(problem: Problem, rewards: Rewards | None = None) -> BoolArray:
    """(pairs,) True for the best set: musts, minimums, fairness, value, in this order (or by other
    rewards)."""
    rewards = rewards or problem.rewards
    return most_rewarding(
        problem.left,
        problem.right,
        problem.units + rewards.must * problem.musts,
        problem.lefts.tiers(rewards),
        problem.rights.tiers(rewards),
        problem.total,
    )


def highest_units(problem: Problem, best: Standing, reached: Standing) -> int:
    """No plan with all musts that is no more short than `reached` is worth more units.

    best: of the relaxation. A shortfall of s costs p·s: the highest sum, with the price of what was
    reached given back, bounds the value at any price p; the lowest such bound is kept.
    """
    if (best.short, best.unfair) == (reached.short, reached.unfair):
        return best.units
    lowest: int | None = None
    for rewards in _prices(problem, best, reached):
        found = standing_of(problem, relax(problem, rewards))
        bound = found.units + rewards.least * (reached.short - found.short)
        bound += rewards.fair * (reached.unfair - found.unfair)
        lowest = bound if lowest is None else min(lowest, bound)
    return max(lowest if lowest is not None else best.units, reached.units)


def _prices(problem: Problem, best: Standing, reached: Standing) -> Iterator[Rewards]:
    """From nothing to the largest single value, which is where a meeting pays for another."""
    full, highest = problem.rewards, int(problem.units.max(initial=0))
    steps = sorted({0, *(highest * 2 >> step for step in range(TRIALS))})
    for price in steps:
        if best.short == reached.short:
            yield Rewards(full.must, full.least, price)
        elif best.unfair == reached.unfair or not problem.fair.fairness:
            yield Rewards(full.must, price, 0)
        else:
            yield Rewards(full.must, price, price)
