"""Laying pairs on slots when everybody is there in all of them: colouring a bipartite graph.

As many colours as the busiest party has meetings are enough (Kőnig, 1916). Each pair takes a colour
free at both ends; where there is none, a path of two alternating colours is swapped (Kempe, 1879).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .fair import IntArray

NONE = -1


def colour(left: IntArray, right: IntArray, sizes: tuple[int, int], colours: int) -> IntArray:
    """(pairs,) colours, no two alike at a party; how often each is used differs by 1 at most.

    sizes: parties on the left and on the right, none with more than `colours` pairs.
    """
    ends = list(zip(left.tolist(), (right + sizes[0]).tolist(), strict=True))
    found = _Colouring(ends, sum(sizes), colours)
    for pair in range(len(ends)):
        found.add(pair)
    found.level()
    return np.array(found.colours, np.int64)


class _Colouring:
    """at[colour][party]: the pair of that colour at it. free[party]: bits of unused colours."""

    def __init__(self, ends: Sequence[tuple[int, int]], parties: int, colours: int) -> None:
        self.ends = ends
        self.colours = [NONE] * len(ends)
        self.at = [[NONE] * parties for _ in range(colours)]
        self.free = [(1 << colours) - 1] * parties

    def add(self, pair: int) -> None:
        one, other = self.ends[pair]
        free = self.free
        common = free[one] & free[other]
        if common:
            colour = (common & -common).bit_length() - 1
        else:
            colour = (free[one] & -free[one]).bit_length() - 1
            second = (free[other] & -free[other]).bit_length() - 1
            self._swap(self._path(other, colour, second), colour, second)
        bit = 1 << colour
        free[one] &= ~bit
        free[other] &= ~bit
        self.at[colour][one] = self.at[colour][other] = self._coloured(pair, colour)

    def _coloured(self, pair: int, colour: int) -> int:
        self.colours[pair] = colour
        return pair

    def _path(self, party: int, first: int, second: int) -> list[int]:
        """Pairs along the path of these two colours that begins at `party` with the first."""
        path = []
        pair = self.at[first][party]
        while pair != NONE:
            path.append(pair)
            one, other = self.ends[pair]
            party = other if party == one else one
            first, second = second, first
            pair = self.at[first][party]
        return path

    def _swap(self, path: list[int], first: int, second: int) -> None:
        both = (1 << first) | (1 << second)
        seen: set[int] = set()
        for pair in path:
            seen.symmetric_difference_update(self.ends[pair])
            for party in self.ends[pair]:
                self.at[first][party] = self.at[second][party] = NONE
        for pair in path:
            colour = second if self.colours[pair] == first else first
            for party in self.ends[pair]:
                self.at[colour][party] = pair
            self.colours[pair] = colour
        for party in seen:  # the path's two ends have one of the colours for the other
            self.free[party] ^= both

    # --- equal sizes ------------------------------------------------------------------------------

    def level(self) -> None:
        sizes = np.bincount(self.colours, minlength=len(self.at)).tolist() if self.colours else []
        while sizes and max(sizes) - min(sizes) > 1:
            large, small = sizes.index(max(sizes)), sizes.index(min(sizes))
            moved = (sizes[large] - sizes[small]) // 2
            self._move(large, small, moved)
            sizes[large] -= moved
            sizes[small] += moved

    def _move(self, large: int, small: int, count: int) -> None:
        """Swaps so many paths that have one more pair of the large colour than of the small."""
        for party in range(len(self.free)):
            if not count:
                return
            if self.at[large][party] == NONE or self.at[small][party] != NONE:
                continue
            path = self._path(party, large, small)
            if len(path) % 2:
                self._swap(path, large, small)
                count -= 1
