"""Taking one slot of a plan anew, all others kept: the best choice among all pairs that have not
met, by a flow. What was there is one of the choices, so a plan never gets worse.

Where halls are apart, it is one hall of a slot.
"""

from __future__ import annotations

import numpy as np

from .fair import BoolArray, IntArray
from .flows import Tier, most_rewarding
from .layout import Layout
from .relaxing import Standing, standing_of

MOST_ROUNDS = 30
LEAST_ROUNDS = 3
PAIRS = 40_000_000  # looked at in all, about: counted, not timed, for the plan to be the same


def improve(layout: Layout, seed: int) -> Standing:
    """Round by round until one brings nothing: first hall by hall, then in any order."""
    slots, halls = layout.problem.room.shape
    cells = [(slot, hall) for hall in range(halls) for slot in range(slots)]
    random = np.random.default_rng(abs(seed))
    found = standing_of(layout.problem, layout.is_met)
    order = np.arange(len(cells))
    rounds = PAIRS // max(len(cells) * len(layout.slots), 1)
    for _ in range(min(max(rounds, LEAST_ROUNDS), MOST_ROUNDS)):
        best = found
        for at in order.tolist():
            take_anew(layout, *cells[at])
        found = standing_of(layout.problem, layout.is_met)
        if found.rank <= best.rank:
            break
        order = random.permutation(len(cells))
    return found


def start_at_home(layout: Layout, homes: tuple[IntArray, IntArray]) -> None:
    """Twice through all slots and halls, with nobody outside its home hall."""
    problem = layout.problem
    lefts, rights = homes[0][problem.left], homes[1][problem.right]
    slots, halls = problem.room.shape
    for _ in range(2):
        for hall in range(halls):
            for slot in range(slots):
                take_anew(layout, slot, hall, (lefts == hall) & (rights == hall))


def take_anew(layout: Layout, slot: int, hall: int, among: BoolArray | None = None) -> None:
    """among: (pairs,) those looked at, besides those that are there."""
    problem = layout.problem
    mine = (layout.slots == slot) & (layout.halls == hall)
    others = layout.is_met & ~mine
    able = ~others if among is None else ~others & (among | mine)
    tiers = []
    for end, parties in enumerate((problem.lefts, problem.rights)):
        ends = (problem.left, problem.right)[end]
        counts = np.bincount(ends[others], minlength=len(parties.most))
        has_time = parties.free[:, slot] & (counts < parties.most)
        if problem.room.shape[1] > 1:
            has_time &= layout.can_come(end, slot, hall, others)
        able &= has_time[ends]
        tiers.append([Tier(has_time.astype(np.int64), parties.reward(counts, problem.rewards))])
    choice = np.flatnonzero(able)
    chosen = most_rewarding(
        problem.left[choice],
        problem.right[choice],
        problem.gains[choice],
        tiers[0],
        tiers[1],
        int(problem.room[slot, hall]),
    )
    layout.remove(mine)
    layout.put(choice[chosen], (slot, hall))
