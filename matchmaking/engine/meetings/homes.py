"""Where halls are apart: a home hall for each party, so that few have to go from one to another.

A first plan keeps everybody at home; taking each hall of a slot anew then also lets people change.
"""

from __future__ import annotations

import numpy as np

from .fair import BoolArray, IntArray
from .problem import Problem


def at_home(problem: Problem, chosen: BoolArray) -> tuple[IntArray, IntArray]:
    """(left,), (right,) halls. The left side is dealt out by the halls' tables; each on the right
    goes where the best pairs (`chosen`) take it, as long as its share there is not used up."""
    tables = np.array([hall.tables for hall in problem.fair.halls], np.float64)
    shares = tables / max(float(tables.sum()), 1.0)
    lefts = _dealt(len(problem.lefts.most), shares)
    wishes = np.zeros((len(problem.rights.most), len(shares)))
    np.add.at(
        wishes,
        (problem.right[chosen], lefts[problem.left[chosen]]),
        problem.units[chosen] + 1.0,
    )
    room = np.ceil(shares * len(wishes)).astype(np.int64)
    rights = np.zeros(len(wishes), np.int64)
    for party in np.argsort(wishes.mean(axis=1) - wishes.max(axis=1), kind="stable").tolist():
        hall = int(np.argmax(np.where(room > 0, wishes[party], -1.0)))
        rights[party] = hall
        room[hall] -= 1
    return lefts, rights


def _dealt(count: int, shares: np.ndarray) -> IntArray:
    """In turn, each hall as often as its share."""
    given = np.zeros(len(shares))
    found = np.zeros(count, np.int64)
    for party in range(count):
        hall = int(np.argmax(shares * (party + 1) - given))
        given[hall] += 1
        found[party] = hall
    return found
