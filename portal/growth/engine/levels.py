"""A ladder is one floor for each level, from the first up, in the unit of its line.

A value reaches the highest level whose floor it meets. The level somebody *holds* is the best ever
reached: a pause, or a season that goes badly, takes none away. So the next step is counted from
what is held: the floor of the level above it, less today's value.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MOST_LEVELS = 5
MOST_FLOOR = 10**15


@dataclass(frozen=True, slots=True)
class Faulty:
    """`level`: whose floor it is; 0 for the ladder as a whole."""

    level: int
    sentence: str


def faults_of(floors: Sequence[int]) -> Iterator[Faulty]:
    if len(floors) != MOST_LEVELS:
        yield Faulty(0, "number")
        return
    for level, floor in enumerate(floors, start=1):
        if not 1 <= floor <= MOST_FLOOR:
            yield Faulty(level, "range")
        elif level > 1 and floor <= floors[level - 2]:
            yield Faulty(level, "order")


def reached(floors: Sequence[int], value: int | None) -> int:
    """0 below the first floor, and where nothing is known."""
    return 0 if value is None else bisect_right(floors, value)


@dataclass(frozen=True, slots=True)
class Place:
    """`floor`: of the level held, 0 below the first; `asked`: of the next, None on the last."""

    level: int
    value: int | None
    floor: int
    asked: int | None

    @property
    def is_last(self) -> bool:
        return self.asked is None

    @property
    def missing(self) -> int:
        """To the next level, in the line's unit; 0 on the last."""
        return 0 if self.asked is None else max(0, self.asked - (self.value or 0))

    @property
    def percent(self) -> int:
        """Of the way to the next level from nothing; 100 only where there is no way left."""
        if self.asked is None:
            return 100
        return min(99, 100 * max(0, self.value or 0) // self.asked)


def place_on(floors: Sequence[int], held: int, value: int | None) -> Place:
    """`held`: the best level reached so far. A value that reaches more counts at once."""
    level = min(max(held, reached(floors, value)), len(floors))
    return Place(
        level=level,
        value=value,
        floor=floors[level - 1] if level else 0,
        asked=floors[level] if level < len(floors) else None,
    )
