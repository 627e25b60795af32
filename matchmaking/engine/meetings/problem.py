"""What is left to plan once the fixed meetings stand, in whole numbers.

Slots are the open ones only, numbered anew; values are whole units. Pairs that are fixed, forbidden
or have no slot in common are gone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from .amounts import Scale, scale
from .fair import BoolArray, Fair, IntArray, Side, among
from .flows import FIRST, MOST_COST, Tier

REWARDS = 26  # the largest reward is less than so many times that of a whole matching


@dataclass(frozen=True)
class Rewards:
    """What counts before value, each worth more than all that comes after it.

    Two flows differ by cycles that pass each party once: such a cycle drops no more pairs than the
    smaller side has parties, and changes at most four units at source and sink. So `fair` outweighs
    the value, `least` four units of `fair` and the value, `must` four of both and the value.
    """

    must: int
    least: int
    fair: int

    @classmethod
    def of(cls, units: IntArray, smaller: int) -> Rewards:
        value = max(int(units.max(initial=0)), 1) * (smaller + 2)
        return cls(must=25 * value, least=5 * value, fair=value)


@dataclass(frozen=True)
class Parties:
    """free: (n, slots). most, least, fair: (n,) meetings besides the fixed ones: the maximum, the
    minimum, and what fairness grants before others get many."""

    free: BoolArray
    most: IntArray
    least: IntArray
    fair: IntArray

    @cached_property
    def caps(self) -> IntArray:
        found: IntArray = np.minimum(self.most, self.free.sum(axis=1))
        return found

    def reward(self, counts: IntArray, rewards: Rewards) -> IntArray:
        """(n,) for one meeting more than so many."""
        found: IntArray = rewards.least * (counts < self.least) + rewards.fair * (
            counts < self.fair
        )
        return found

    def tiers(self, rewards: Rewards) -> list[Tier]:
        """For all meetings: those within both bounds, within one of them, and the others."""
        first = np.minimum(np.minimum(self.least, self.fair), self.caps)
        second = np.minimum(np.maximum(self.least, self.fair), self.caps)
        return [
            Tier(first, np.full_like(first, rewards.least + rewards.fair)),
            Tier(second - first, np.where(self.least > self.fair, rewards.least, rewards.fair)),
            Tier(self.caps - second, np.zeros_like(first)),
        ]


@dataclass(frozen=True)
class Problem:
    """pairs: (n,) their places in the fair. room: (slots, halls) tables left."""

    fair: Fair
    scale: Scale
    rewards: Rewards
    pairs: IntArray
    left: IntArray
    right: IntArray
    units: IntArray
    musts: BoolArray
    lefts: Parties
    rights: Parties
    room: IntArray

    @property
    def gains(self) -> IntArray:
        return self.units + self.rewards.must * self.musts

    @cached_property
    def total(self) -> int:
        """No more than so many meetings have a table and two parties that are there."""
        both = np.minimum(self.lefts.free.sum(axis=0), self.rights.free.sum(axis=0))
        return int(np.minimum(self.room.sum(axis=1), both).sum())

    @cached_property
    def is_open(self) -> bool:
        """Whether only caps bind: everybody is there in every slot, and all slots are alike."""
        return (
            not self.fair.has_gaps
            and bool(self.lefts.free[self.left].all() and self.rights.free[self.right].all())
            and len(np.unique(self.room.sum(axis=1))) <= 1
        )

    def capped(self, most: int) -> Problem:
        """The same with nobody above so many meetings, the fixed among them, except for a minimum
        or musts."""
        sides = []
        for end, fixed in enumerate(fixed_counts(self.fair)):
            parties = (self.lefts, self.rights)[end]
            ends = (self.left, self.right)[end][self.musts]
            musts = np.bincount(ends, minlength=len(fixed))
            caps = np.maximum(np.maximum(most - fixed, parties.least), musts)
            sides.append(replace(parties, most=np.minimum(parties.most, caps)))
        return replace(self, lefts=sides[0], rights=sides[1])


def fixed_counts(fair: Fair) -> tuple[IntArray, IntArray]:
    """(left,), (right,) fixed meetings of each."""
    left = np.array([one.left for one in fair.fixed], np.int64)
    right = np.array([one.right for one in fair.fixed], np.int64)
    return (
        np.bincount(left, minlength=len(fair.left)),
        np.bincount(right, minlength=len(fair.right)),
    )


def problem_of(fair: Fair, room: IntArray) -> Problem:
    """room: (open slots, halls) tables that fixed meetings leave."""
    gone = [fair.key(*pair) for pair in fair.forbidden]
    gone += [fair.key(one.left, one.right) for one in fair.fixed]
    free = free_of(fair)
    pairs = np.flatnonzero(~among(fair.keys(), np.array(gone, np.int64)))
    if not (free[0].all() and free[1].all()):
        left, right = fair.pair_left[pairs], fair.pair_right[pairs]
        meets = [(free[0][left, slot] & free[1][right, slot]) for slot in range(len(room))]
        pairs = pairs[np.logical_or.reduce(meets)] if meets else pairs[:0]
    smaller = min(len(fair.left), len(fair.right))
    nodes = FIRST + len(fair.left) + len(fair.right)
    found = scale(fair.values, MOST_COST // (nodes + 1) // (REWARDS * (smaller + 2)))
    units = found.units[pairs]
    left, right = fair.pair_left[pairs], fair.pair_right[pairs]
    counts = fixed_counts(fair)
    return Problem(
        fair=fair,
        scale=found,
        rewards=Rewards.of(units, smaller),
        pairs=pairs,
        left=left,
        right=right,
        units=units,
        musts=fair.musts[pairs],
        lefts=_parties(fair, fair.left, left, free[0], counts[0]),
        rights=_parties(fair, fair.right, right, free[1], counts[1]),
        room=room,
    )


def free_of(fair: Fair) -> tuple[BoolArray, BoolArray]:
    """(left, open slots), (right, open slots): there and without a fixed meeting."""
    found = ~fair.left.absent, ~fair.right.absent
    for one in fair.fixed:
        found[0][one.left, one.slot] = found[1][one.right, one.slot] = False
    return found[0][:, fair.open_slots], found[1][:, fair.open_slots]


def _parties(fair: Fair, side: Side, ends: IntArray, free: BoolArray, fixed: IntArray) -> Parties:
    """Fairness asks of nobody more than it could have alone: its maximum, its slots, its pairs."""
    most = np.maximum(side.most - fixed, 0)
    able = np.minimum(np.minimum(most, free.sum(axis=1)), np.bincount(ends, minlength=len(side)))
    k = fair.fairness.k if fair.fairness else 0
    return Parties(
        free=free,
        most=most,
        least=np.maximum(side.least - fixed, 0),
        fair=np.minimum(np.maximum(k - fixed, 0), able),
    )
