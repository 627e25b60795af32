"""The best products of every post and the best posts of every product, in one pass.

Only pairs of the same category are looked at. In a block of them a pair is one 32-bit number: its
units, then its place by turns. Sorting those numbers sorts the pairs, and no two are equal, which
is what a partition by AVX-512 is fast on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .filters import Block, can_be_had, passes_asked
from .method import MatchingMethod
from .parts import UNITS_PER_POINT, Parts, Units, parts_of
from .tables import FloatArray, IntArray, PostTable, ProductTable

MOST_PAIRS = 4_000_000  # of one block: what stays in the caches of a processor
PLACE_BITS = 14  # of a pair's number in a block; the 17 above them hold the units
MOST_BLOCK = 1 << PLACE_BITS
RANK_BITS, UNIT_BITS = 23, 17  # of a pair's number among all; above them stands the owner
MOST_RANKS, MOST_UNITS = 1 << RANK_BITS, 1 << UNIT_BITS


@dataclass(frozen=True, eq=False)
class Suggestions:
    """Best first. Row i belongs to post (or product) i of its table; -1 fills what is left.

    products, posts: (M, most), (N, most) indexes into the other table.
    product_units, post_units: their scores, in thousandths of a point.
    """

    products: IntArray
    product_units: IntArray
    posts: IntArray
    post_units: IntArray

    @property
    def product_points(self) -> FloatArray:
        return self.product_units / UNITS_PER_POINT

    @property
    def post_points(self) -> FloatArray:
        return self.post_units / UNITS_PER_POINT


def suggest(
    posts: PostTable,
    products: ProductTable,
    method: MatchingMethod,
    *,
    today: int,
    most: int = 50,
    apart: IntArray | None = None,
) -> Suggestions:
    """The `most` best on each side. `apart`: (n, 2) a poster and a merchant who are never shown to
    each other. Equal scores take turns by id and day, so that no id is ahead for ever.

    Raises ValueError beyond 8 million posts or products.
    """
    if max(len(posts.ids), len(products.ids)) > MOST_RANKS:
        raise ValueError(f"ids: more than {MOST_RANKS}")
    parts = parts_of(posts, products, method, today)
    pairs = np.zeros((0, 2), dtype=np.int64) if apart is None else apart
    of_posts, of_products = _Lists(products.ids, today), _Lists(posts.ids, today)
    for rows, columns in _blocks(posts, products):
        units = _units(posts, rows, products, columns, parts)
        _keep_apart(units, posts.posters[rows], products.merchants[columns], pairs)
        of_posts.add(units, rows, columns, most)
        of_products.add(np.ascontiguousarray(units.T), columns, rows, most)
    left, right = of_posts.cut(len(posts.ids), most), of_products.cut(len(products.ids), most)
    return Suggestions(*left, *right)


def _blocks(posts: PostTable, products: ProductTable) -> Iterator[tuple[IntArray, IntArray]]:
    """Posts and products of one category, as many at once as a pair's number has room for."""
    free = can_be_had(products)
    for category in range(posts.category_shares.shape[1]):
        rows = np.flatnonzero(posts.category_shares[:, category] > 0)
        columns = np.flatnonzero(free & (products.category == category))
        for first in range(0, len(rows), MOST_BLOCK):
            some = rows[first : first + MOST_BLOCK]
            step = min(MOST_BLOCK, max(1, MOST_PAIRS // len(some)))
            for start in range(0, len(columns), step):
                yield some, columns[start : start + step]


def _units(
    posts: PostTable, rows: IntArray, products: ProductTable, columns: IntArray, parts: Parts
) -> Units:
    """(rows, columns) units plus one; 0 where a filter fails."""
    category = int(products.category[columns[0]])
    own = parts.category[rows, category] + parts.poster[rows] + parts.samples[rows] + 1
    theirs = parts.commission + parts.reputation + parts.freshness
    units = parts.price[rows].take(parts.price_class[columns], axis=1)
    units += theirs[columns]
    units += own[:, None]
    units *= passes_asked(Block(posts, rows[:, None], products, columns[None, :]))
    return units


def _keep_apart(units: Units, posters: IntArray, merchants: IntArray, apart: IntArray) -> None:
    for poster, merchant in apart:
        rows, columns = np.flatnonzero(posters == poster), np.flatnonzero(merchants == merchant)
        if len(rows) and len(columns):
            units[np.ix_(rows, columns)] = 0


class _Lists:
    """The lists of one side: each block's best, until all are cut to the best of them."""

    def __init__(self, other_ids: IntArray, today: int) -> None:
        self.by_turn = np.argsort(_turns(other_ids, today), kind="stable")
        self.rank = np.empty(len(other_ids), dtype=np.int64)
        self.rank[self.by_turn] = np.arange(len(other_ids))
        self.found: list[IntArray] = [np.zeros(0, dtype=np.int64)]

    def add(self, units: Units, owners: IntArray, others: IntArray, most: int) -> None:
        """The `most` best of each row of (owners, others) units."""
        by_turn = np.argsort(self.rank[others])
        place = np.empty(len(others), dtype=np.int32)
        place[by_turn] = np.arange(len(others) - 1, -1, -1, dtype=np.int32)  # the first is largest
        numbers = units << PLACE_BITS
        numbers |= place
        if len(others) > most:
            numbers = np.partition(numbers, len(others) - most, axis=1)[:, -most:]
        at, where = np.nonzero(numbers >= MOST_BLOCK)
        best = numbers[at, where]
        others = others[by_turn][len(others) - 1 - (best & (MOST_BLOCK - 1))]
        behind = (MOST_UNITS - 1 - (best >> PLACE_BITS)).astype(np.int64)
        high = (owners[at] << UNIT_BITS) | behind
        self.found.append((high << RANK_BITS) | self.rank[others])

    def cut(self, n: int, most: int) -> tuple[IntArray, IntArray]:
        """(n, most) indexes and units, best first."""
        found = np.sort(np.concatenate(self.found))
        owners = found >> (UNIT_BITS + RANK_BITS)
        firsts = np.searchsorted(owners, np.arange(n))
        place = np.arange(len(found)) - firsts[owners]
        found, owners, place = (part[place < most] for part in (found, owners, place))
        others = np.full((n, most), -1, dtype=np.int64)
        units = np.full((n, most), -1, dtype=np.int64)
        others[owners, place] = self.by_turn[found & (MOST_RANKS - 1)]
        units[owners, place] = MOST_UNITS - 2 - ((found >> RANK_BITS) & (MOST_UNITS - 1))
        return others, units


def _turns(ids: IntArray, today: int) -> NDArray[np.uint64]:
    """SplitMix64 (Steele, Lea and Flood, 2014) of the day, then the id: equal for no two ids."""
    day = _mixed(np.array([today], dtype=np.int64).astype(np.uint64))
    return _mixed(day ^ ids.astype(np.uint64))


def _mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    mixed = numbers + np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))
