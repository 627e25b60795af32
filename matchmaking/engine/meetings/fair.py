"""A fair as data: who may meet whom, when, and what it is worth.

`parse_fair` is the way to make one. Parties of a side are numbered as they are written, slots and
tables from 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]

Id = str | int
NO_LIMIT = 1 << 31  # of meetings


def among(keys: IntArray, known: IntArray) -> BoolArray:
    """(keys,) whether each is known. NumPy's own `isin` takes ten times as long on a million."""
    if not len(known):
        return np.zeros(len(keys), np.bool_)
    ordered = np.sort(known)
    places = np.minimum(np.searchsorted(ordered, keys), len(ordered) - 1)
    found: BoolArray = ordered[places] == keys
    return found


class Hall(NamedTuple):
    """gap: free slots that who comes from or goes to another hall needs between two meetings; the
    larger of the two halls' gaps counts."""

    id: Id
    tables: int
    gap: int


class Fairness(NamedTuple):
    """Everybody has `k` meetings before anybody has `k + spread`."""

    k: int
    spread: int


class Fixed(NamedTuple):
    left: int
    right: int
    slot: int


@dataclass(frozen=True)
class Side:
    """most, least: (n,) meetings. absent: (n, slots), True where not there, breaks not counted.
    groups: "" for none."""

    ids: tuple[Id, ...]
    most: IntArray
    least: IntArray
    absent: BoolArray
    groups: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True)
class Fair:
    """pair_left, pair_right, values, musts: (pairs,), in the order of the file. values: as written.
    fixed: each pair once. forbidden: (left, right). halls: at least one; where the file has none,
    one without a gap."""

    slots: int
    breaks: frozenset[int]
    halls: tuple[Hall, ...]
    left: Side
    right: Side
    pair_left: IntArray
    pair_right: IntArray
    values: FloatArray
    musts: BoolArray
    fixed: tuple[Fixed, ...]
    forbidden: tuple[tuple[int, int], ...]
    fairness: Fairness | None = None
    seed: int = 0

    @property
    def tables(self) -> int:
        """In a slot, over all halls."""
        return sum(hall.tables for hall in self.halls)

    @property
    def open_slots(self) -> IntArray:
        return np.array([one for one in range(self.slots) if one not in self.breaks], np.int64)

    @property
    def has_gaps(self) -> bool:
        """Whether it matters in which hall a meeting is."""
        return len(self.halls) > 1 and any(hall.gap for hall in self.halls)

    def keys(self) -> IntArray:
        """A number for each pair."""
        return self.pair_left * len(self.right) + self.pair_right

    def key(self, left: int, right: int) -> int:
        return left * len(self.right) + right


class Meeting(NamedTuple):
    left: int
    right: int
    slot: int
    table: int


class Unmet(NamedTuple):
    """A party with fewer meetings than its minimum."""

    id: Id
    wanted: int
    got: int
    reason: str


@dataclass(frozen=True)
class Plan:
    """meetings: by slot, then table. upper_bound: of the value of any plan that is as little short
    as this one. shortfall_bound: no plan is less short in all. gini: by group, if there are groups.
    """

    meetings: tuple[Meeting, ...]
    value: float
    upper_bound: float
    shortfall_bound: int
    unmet: tuple[Unmet, ...]
    gini: dict[str, float | None] | None

    @property
    def gap(self) -> float:
        return (self.upper_bound - self.value) / self.upper_bound if self.upper_bound else 0.0
