"""Where the pairs of a plan meet while it is being made."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .fair import BoolArray, IntArray
from .firm import Place
from .problem import Problem

NONE = -1


@dataclass
class Layout:
    """slots, halls: (pairs,) −1 where a pair does not meet. fixed: the fixed meetings' places."""

    problem: Problem
    slots: IntArray
    halls: IntArray
    fixed: tuple[Place, ...]

    @classmethod
    def empty(cls, problem: Problem, fixed: tuple[Place, ...]) -> Layout:
        slots, halls = (np.full(len(problem.left), NONE, np.int64) for _ in range(2))
        return cls(problem, slots, halls, fixed)

    @property
    def is_met(self) -> BoolArray:
        found: BoolArray = self.slots != NONE
        return found

    def put(self, pairs: IntArray, place: Place) -> None:
        self.slots[pairs], self.halls[pairs] = place

    def remove(self, pairs: BoolArray) -> None:
        self.slots[pairs] = self.halls[pairs] = NONE

    def can_come(self, end: int, slot: int, hall: int, others: BoolArray) -> BoolArray:
        """(parties,) who is not in another hall then or too shortly before or after."""
        problem = self.problem
        ends = (problem.left, problem.right)[end]
        where = np.full((problem.lefts, problem.rights)[end].free.shape, NONE, np.int64)
        where[ends[others], self.slots[others]] = self.halls[others]
        for one, (at, hall_of_it) in zip(problem.fair.fixed, self.fixed, strict=True):
            where[one[end], at] = hall_of_it
        gaps = np.array([one.gap for one in problem.fair.halls], np.int64)
        slots = problem.fair.open_slots
        between = np.abs(slots - slots[slot]) - 1  # −1 for the slot itself: no gap is that short
        is_elsewhere = (where != NONE) & (where != hall)
        is_near = between < np.maximum(gaps[where], gaps[hall])
        found: BoolArray = ~(is_elsewhere & is_near).any(axis=1)
        return found
