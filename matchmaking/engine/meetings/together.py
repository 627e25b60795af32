"""Taking two slots of a plan anew at once: what one slot alone cannot better, two often can.

The two slots are a small problem of their own, planned like the whole: chosen by a flow, laid with
swaps of paths, improved slot by slot. Its plan is taken unless it is worse, so that the search also
moves sideways. For one hall.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np

from .fair import BoolArray, IntArray
from .improving import improve
from .layout import Layout
from .placing import place
from .problem import Parties, Problem
from .relaxing import Standing, relax, standing_of

MOST_TURNS = 150
PAIRS = 6_000_000  # looked at in all; by turns, not by time: the same fair gives the same plan


def improve_together(layout: Layout, best: Standing, seed: int) -> None:
    """best: of the relaxation; nothing is better than that."""
    problem = layout.problem
    couples = np.array(list(combinations(range(len(problem.room)), 2)), np.int64).reshape(-1, 2)
    turns = min(MOST_TURNS, PAIRS // max(len(problem.left), 1))
    random = np.random.default_rng(abs(seed))
    reached = standing_of(problem, layout.is_met)
    order: list[int] = []
    for _ in range(turns if len(couples) else 0):
        if reached.rank >= best.rank:
            return
        order = order or random.permutation(len(couples)).tolist()
        reached = _take_anew(layout, couples[order.pop()], reached, seed)


def _take_anew(layout: Layout, slots: IntArray, reached: Standing, seed: int) -> Standing:
    mine = np.isin(layout.slots, slots)
    part, pairs = _part_of(layout, slots, layout.is_met & ~mine)
    found = Layout.empty(part, ())
    place(found, relax(part))
    improve(found, seed)
    before = layout.slots.copy(), layout.halls.copy()
    layout.remove(mine)
    laid = pairs[found.is_met]
    layout.slots[laid] = slots[found.slots[found.is_met]]
    layout.halls[laid] = 0
    now = standing_of(layout.problem, layout.is_met)
    if now.rank >= reached.rank:
        return now
    layout.slots[:], layout.halls[:] = before
    return reached


def _part_of(layout: Layout, slots: IntArray, others: BoolArray) -> tuple[Problem, IntArray]:
    """The problem of these slots, the other meetings kept; and its pairs among the layout's."""
    problem = layout.problem
    sides = []
    for parties, ends in ((problem.lefts, problem.left), (problem.rights, problem.right)):
        counts = np.bincount(ends[others], minlength=len(parties.most))
        limits = (parties.most - counts, parties.least - counts, parties.fair - counts)
        sides.append(Parties(parties.free[:, slots], *(np.maximum(one, 0) for one in limits)))
    lefts, rights = sides
    meets = (lefts.free[problem.left] & rights.free[problem.right]).any(axis=1)
    pairs = np.flatnonzero(~others & meets)
    part = replace(
        problem,
        pairs=problem.pairs[pairs],
        left=problem.left[pairs],
        right=problem.right[pairs],
        units=problem.units[pairs],
        musts=problem.musts[pairs],
        lefts=lefts,
        rights=rights,
        room=problem.room[slots],
    )
    return part, pairs
