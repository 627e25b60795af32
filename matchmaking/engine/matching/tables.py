"""Posts and products as columns, checked once, on creation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class PostTable:
    """M posts over C categories and B price bands.

    ids, posters: (M,) the post and whose it is.
    category_shares: (M, C) not negative; how much of the poster's interest each asked category is,
        0 where it is not asked for.
    price_low, price_high: (M,) fen, both included.
    commission_least: (M,) basis points.
    sources: (M,) a bit for each product source that may be offered.
    samples_wanted: (M,) pieces; 0 asks for none.
    exclusive: (M,) bool, only products nobody else may sell meanwhile.
    goods: (M, B) the poster's sales by price band, summing to 1; a row of NaN is not known.
    reputation: (M,) the poster's, 0–5; NaN is not rated yet.
    on_time: (M,) share of samples the poster showed in time, 0–1; NaN is not known.

    Raises ValueError, beginning with the field's name.
    """

    ids: IntArray
    posters: IntArray
    category_shares: FloatArray
    price_low: IntArray
    price_high: IntArray
    commission_least: IntArray
    sources: IntArray
    samples_wanted: IntArray
    exclusive: BoolArray
    goods: FloatArray
    reputation: FloatArray
    on_time: FloatArray

    def __post_init__(self) -> None:
        _require_shapes(self, len(self.ids), two=("category_shares", "goods"))
        _require_distinct(self.ids)
        _require_within("category_shares", self.category_shares, 0, np.inf)
        _require(bool((self.category_shares > 0).any(axis=1).all()), "category_shares: none asked")
        _require_within("price_low", self.price_low, 0, np.inf)
        _require(bool((self.price_low <= self.price_high).all()), "price_low: above price_high")
        _require_within("commission_least", self.commission_least, 0, 10_000)
        _require_within("samples_wanted", self.samples_wanted, 0, np.inf)
        known = self.goods[~np.isnan(self.goods).any(axis=1)]
        _require_within("goods", known, 0, 1)
        _require(bool(np.allclose(known.sum(axis=1), 1)), "goods: does not sum to 1")
        _require_known_within("reputation", self.reputation, 5)
        _require_known_within("on_time", self.on_time, 1)


@dataclass(frozen=True, eq=False)
class ProductTable:
    """N products.

    ids, merchants: (N,) the product and whose it is.
    category: (N,) its column of the posts' categories.
    price_low, price_high: (N,) fen, both included.
    commission: (N,) basis points.
    source: (N,) the number of the bit of its source.
    samples: (N,) pieces it gives for trying; 0 is none.
    stock: (N,) pieces.
    offers_exclusive: (N,) bool, may be promised to one alone.
    is_taken: (N,) bool, promised to somebody alone already.
    reputation: (N,) 0–5; NaN is not rated yet.
    listed_day: (N,) ordinal of the day it came in.

    Raises ValueError, beginning with the field's name.
    """

    ids: IntArray
    merchants: IntArray
    category: IntArray
    price_low: IntArray
    price_high: IntArray
    commission: IntArray
    source: IntArray
    samples: IntArray
    stock: IntArray
    offers_exclusive: BoolArray
    is_taken: BoolArray
    reputation: FloatArray
    listed_day: IntArray

    def __post_init__(self) -> None:
        _require_shapes(self, len(self.ids), two=())
        _require_distinct(self.ids)
        for name in ("category", "price_low", "samples", "stock", "source"):
            _require_within(name, getattr(self, name), 0, np.inf)
        _require(bool((self.price_low <= self.price_high).all()), "price_low: above price_high")
        _require_within("commission", self.commission, 0, 10_000)
        _require_known_within("reputation", self.reputation, 5)


TYPES = {"FloatArray": np.float64, "IntArray": np.int64, "BoolArray": np.bool_}


def _require_shapes(table: Any, rows: int, two: tuple[str, ...]) -> None:
    for name, field in table.__dataclass_fields__.items():
        array, kind = getattr(table, name), TYPES[field.type]
        _require(array.dtype == kind, f"{name}: {array.dtype} where {kind.__name__} is expected")
        _require(array.ndim == (2 if name in two else 1), f"{name}: {array.ndim} dimensions")
        _require(len(array) == rows, f"{name}: {len(array)} rows where {rows} are expected")


def _require_distinct(ids: IntArray) -> None:
    _require(len(np.unique(ids)) == len(ids), "ids: the same id twice")


def _require_within(name: str, array: NDArray[Any], low: float, high: float) -> None:
    # Written so that NaN fails too.
    inside = (array >= low) & (array <= high)
    _require(bool(inside.all()), f"{name}: a value not between {low} and {high}")


def _require_known_within(name: str, array: FloatArray, high: float) -> None:
    _require_within(name, array[~np.isnan(array)], 0, high)


def _require(condition: bool, sentence: str) -> None:
    if not condition:
        raise ValueError(sentence)
