"""Who will not hear from whom, as the parts tell where it is decided. Nobody is ever told why."""

from __future__ import annotations

from collections.abc import Callable, Iterable

Finder = Callable[[int], Iterable[int]]
_finders: list[Finder] = []


def register_blocks(finder: Finder) -> Finder:
    """`finder`: the parties that one is kept apart from, whichever of the two wanted it."""
    _finders.append(finder)
    return finder


def kept_apart_from(party_id: int) -> set[int]:
    return {other for finder in _finders for other in finder(party_id)}


def are_kept_apart(one: int, other: int) -> bool:
    return other in kept_apart_from(one)
