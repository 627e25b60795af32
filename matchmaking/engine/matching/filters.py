"""Hard filters, each with a code. A pair that fails one is never suggested, nor taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from .tables import BoolArray, IntArray, PostTable, ProductTable

FILTERS = ("category", "price", "commission", "source", "exclusive", "taken", "samples", "stock")


class Block(NamedTuple):
    """Posts against products: their columns, shaped so that they broadcast to the pairs."""

    posts: PostTable
    rows: IntArray
    products: ProductTable
    columns: IntArray


def _category(block: Block) -> BoolArray:
    shares = block.posts.category_shares
    return shares[block.rows, block.products.category[block.columns]] > 0


def _price(block: Block) -> BoolArray:
    posts, products, rows, columns = block.posts, block.products, block.rows, block.columns
    return (products.price_low[columns] <= posts.price_high[rows]) & (
        products.price_high[columns] >= posts.price_low[rows]
    )


def _commission(block: Block) -> BoolArray:
    return block.products.commission[block.columns] >= block.posts.commission_least[block.rows]


def _source(block: Block) -> BoolArray:
    bit = np.left_shift(1, block.products.source[block.columns])
    return (block.posts.sources[block.rows] & bit) != 0


def _exclusive(block: Block) -> BoolArray:
    return block.products.offers_exclusive[block.columns] | ~block.posts.exclusive[block.rows]


def _taken(block: Block) -> BoolArray:
    return ~block.products.is_taken[block.columns]


def _samples(block: Block) -> BoolArray:
    return block.products.samples[block.columns] >= block.posts.samples_wanted[block.rows]


def _stock(block: Block) -> BoolArray:
    return block.products.stock[block.columns] > 0


PASSES: dict[str, Callable[[Block], BoolArray]] = {
    "category": _category,
    "price": _price,
    "commission": _commission,
    "source": _source,
    "exclusive": _exclusive,
    "taken": _taken,
    "samples": _samples,
    "stock": _stock,
}


def failing(block: Block) -> Iterator[tuple[str, BoolArray]]:
    """Each filter's code and where it fails, in the order of `FILTERS`."""
    for code in FILTERS:
        yield code, ~PASSES[code](block)


def can_be_had(products: ProductTable) -> BoolArray:
    """(N,) what no post has to ask: something is left and nobody has it for himself."""
    return (products.stock > 0) & ~products.is_taken


def passes_asked(block: Block) -> BoolArray:
    """Whether a pair of the same category passes what is left to ask of the two."""
    passes = _price(block)
    for code in ("commission", "source", "exclusive", "samples"):
        passes &= PASSES[code](block)
    return passes
