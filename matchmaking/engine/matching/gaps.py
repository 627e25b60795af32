"""What one pair lacks, as codes and numbers; words are made elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from .filters import FILTERS, Block, failing
from .tables import PostTable, ProductTable

HARD = frozenset({*FILTERS, "price_above", "price_below"})  # the others are only said


class Gap(NamedTuple):
    """A code and its numbers.

    category: the product's column, which is not asked for.
    price_above, price_below: fen the product costs at least, or at most, and what is asked.
    commission: basis points it pays, and what is wanted.
    source: the number of its source's bit, which is not allowed on that day.
    exclusive: none; it is not offered to one alone.
    taken: none; somebody has it for himself.
    samples: pieces it gives, and what is wanted.
    stock: none; nothing is left.
    unrated, poster_unrated, goods, on_time: none; a part that is not known (not hard).
    """

    code: str
    detail: tuple[int, ...] = ()

    @property
    def is_hard(self) -> bool:
        return self.code in HARD


def gaps(posts: PostTable, row: int, products: ProductTable, column: int) -> list[Gap]:
    """Of one pair, the hard ones first."""
    block = Block(posts, np.array([row]), products, np.array([column]))
    hard = [
        _numbers(code, posts, row, products, column)
        for code, fails in failing(block)
        if bool(fails[0])
    ]
    return [*hard, *_unknown(posts, row, products, column)]


def _numbers(code: str, posts: PostTable, row: int, products: ProductTable, column: int) -> Gap:
    if code == "price":
        least, most = int(products.price_low[column]), int(products.price_high[column])
        if least > posts.price_high[row]:
            return Gap("price_above", (least, int(posts.price_high[row])))
        return Gap("price_below", (most, int(posts.price_low[row])))
    details = {
        "category": (products.category[column],),
        "commission": (products.commission[column], posts.commission_least[row]),
        "source": (products.source[column],),
        "samples": (products.samples[column], posts.samples_wanted[row]),
    }
    return Gap(code, tuple(int(number) for number in details.get(code, ())))


def _unknown(posts: PostTable, row: int, products: ProductTable, column: int) -> Iterator[Gap]:
    if np.isnan(products.reputation[column]):
        yield Gap("unrated")
    if np.isnan(posts.reputation[row]):
        yield Gap("poster_unrated")
    if np.isnan(posts.goods[row]).any():
        yield Gap("goods")
    if np.isnan(posts.on_time[row]):
        yield Gap("on_time")
