"""Drawing the questions of a quiz, and marking answers and practical work. Plain Python.

An answer is right when it names exactly the right options: half an answer counts nothing, so that
choosing everything is worth nothing. Shares are of whole numbers and rounded down; whether somebody
passed is asked of the numbers themselves, so nobody passes or fails by rounding.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

WHOLE = 10_000  # basis points


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was drawn: its key, and the places of its right options."""

    key: int
    right: frozenset[int]


@dataclass(frozen=True, slots=True)
class Marked:
    """Which were answered rightly, in the order they were asked."""

    rows: tuple[bool, ...]

    @property
    def right(self) -> int:
        return sum(self.rows)

    @property
    def percent(self) -> int:
        return 100 * self.right // len(self.rows) if self.rows else 0

    def passes(self, percent: int) -> bool:
        return bool(self.rows) and 100 * self.right >= percent * len(self.rows)


def drawn(
    keys: Collection[int], number: int, seed: str, seen: Collection[int] = frozenset()
) -> list[int]:
    """So many of `keys`, in an order that the seed alone says: the same again however they come.
    `seen`: asked in attempts before; they come only where the others do not suffice."""
    fresh = sorted(keys, key=lambda key: (key in seen, _place(seed, str(key))))[:number]
    return sorted(fresh, key=lambda key: _place(seed, str(key)))


def shuffled(length: int, seed: str, key: str) -> list[int]:
    """The places of the options of one question, in the order this person sees them."""
    return sorted(range(length), key=lambda place: _place(seed, f"{key}:{place}"))


def mark(asked: Sequence[Asked], answers: Mapping[int, Collection[int]]) -> Marked:
    """`answers`: by the question's key; what was left out is wrong."""
    return Marked(tuple(set(answers.get(one.key, ())) == one.right for one in asked))


@dataclass(frozen=True, slots=True)
class Agreed:
    """What came of the marks of one piece of work, in basis points of the most points."""

    score: int
    passes: bool


def is_apart(one: int, other: int, most: int, percent: int) -> bool:
    """Whether two marks are further apart than so many percent of the most points."""
    return 100 * abs(one - other) > percent * most


def agree(marks: Sequence[int], most: int, *, apart: int, least: int) -> Agreed | None:
    """The mean of two marks that are near enough, or of three; None: another marker is needed.

    `marks`: points of each marker, of `most`. `apart` and `least`: percent of the most points.
    """
    if len(marks) < 2 or (len(marks) == 2 and is_apart(marks[0], marks[1], most, apart)):
        return None
    total, of = sum(marks), len(marks) * most
    return Agreed(WHOLE * total // of, 100 * total >= least * of)


def _place(seed: str, what: str) -> bytes:
    return hashlib.sha256(f"{seed}:{what}".encode()).digest()
