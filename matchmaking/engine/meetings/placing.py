"""Laying chosen pairs on slots when people are absent: colouring from lists, pair by pair.

Where two parties have no free slot in common, pairs along a path of two slots change places
(Kempe), if all of them are there and the slot that gains one has a table. What still finds no slot
stays out; improving.py then takes each slot anew.
"""

from __future__ import annotations

import numpy as np

from .fair import BoolArray, IntArray
from .layout import NONE, Layout
from .problem import Problem


def place(layout: Layout, chosen: BoolArray) -> None:
    """Adds what can be added, those with the least choice first. For one hall."""
    problem = layout.problem
    picked = np.flatnonzero(chosen & ~layout.is_met)
    left, right = problem.left[picked], problem.right[picked]
    slack = _slack(problem.lefts.free, left)[left] + _slack(problem.rights.free, right)[right]
    order = np.lexsort((-problem.units[picked], slack, ~problem.musts[picked]))
    desk = _Desk(problem)
    for pair in np.flatnonzero(layout.is_met).tolist():
        desk.put(pair, int(layout.slots[pair]))
    for pair in picked[order].tolist():
        desk.add(pair)
    layout.slots[:] = desk.slots
    layout.halls[layout.is_met] = 0


def _slack(free: BoolArray, ends: IntArray) -> IntArray:
    """(parties,) slots that remain when all have their place."""
    found: IntArray = free.sum(axis=1) - np.bincount(ends, minlength=len(free))
    return found


class _Desk:
    """at[slot][party]: the pair there. there, free: bits of slots by party; the left ones first."""

    def __init__(self, problem: Problem) -> None:
        lefts, rights = problem.lefts.free, problem.rights.free
        self.there = [*_bits(lefts), *_bits(rights)]
        self.free = list(self.there)
        self.room = problem.room.sum(axis=1).tolist()
        self.at = [[NONE] * len(self.there) for _ in self.room]
        self.slots = np.full(len(problem.left), NONE, np.int64)
        self.left, self.right = problem.left, problem.right + len(lefts)

    def add(self, pair: int) -> None:
        one, other = int(self.left[pair]), int(self.right[pair])
        common = [slot for slot in _slots(self.free[one] & self.free[other]) if self.room[slot]]
        if common:
            self.put(pair, max(common, key=self.room.__getitem__))
            return
        for first in _slots(self.free[one]):
            for second in _slots(self.free[other]):
                if self._make_free(one, other, first, second):
                    self.put(pair, first)
                    return
                if self._make_free(other, one, second, first):
                    self.put(pair, second)
                    return

    def put(self, pair: int, slot: int) -> None:
        for party in (int(self.left[pair]), int(self.right[pair])):
            self.at[slot][party] = pair
            self.free[party] &= ~(1 << slot)
        self.slots[pair] = slot
        self.room[slot] -= 1

    def _make_free(self, one: int, other: int, first: int, second: int) -> bool:
        """Makes `other`, who is there in `first` but not free, free in it; it is in `second`. So
        does `one` keep `first`: a path from `other` never comes to it."""
        if not self.there[other] >> first & 1 or self.at[first][other] == NONE:
            return False
        path = self._path(other, first, second)
        if path is None:
            return False
        ahead = len(path) - 2 * (len(path) // 2)  # pairs that `first` loses and `second` gains
        if self.room[first] + ahead < 1 or self.room[second] < ahead:
            return False
        self._swap(path, first, second)
        return True

    def _path(self, party: int, first: int, second: int) -> list[int] | None:
        """Pairs of alternating slots from `party` on; None where somebody is not there."""
        path: list[int] = []
        pair = self.at[first][party]
        while pair != NONE:
            one, other = int(self.left[pair]), int(self.right[pair])
            if not self.there[one] & self.there[other] & 1 << second:
                return None
            path.append(pair)
            party = other if party == one else one
            first, second = second, first
            pair = self.at[first][party]
        return path

    def _swap(self, path: list[int], first: int, second: int) -> None:
        old = [int(self.slots[pair]) for pair in path]
        for pair, slot in zip(path, old, strict=True):
            self.room[slot] += 1
            for party in (int(self.left[pair]), int(self.right[pair])):
                self.at[slot][party] = NONE
                self.free[party] |= 1 << slot
        for pair, slot in zip(path, old, strict=True):
            self.put(pair, second if slot == first else first)


def _bits(free: BoolArray) -> list[int]:
    return [sum(1 << slot for slot, is_free in enumerate(row) if is_free) for row in free.tolist()]


def _slots(bits: int) -> list[int]:
    return [slot for slot in range(bits.bit_length()) if bits >> slot & 1]
