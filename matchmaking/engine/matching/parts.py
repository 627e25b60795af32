"""The parts of the score in whole units: what depends on the post, on the product, and on both.

Units are thousandths of a point: whole numbers, so sums are exact however they are ordered, and
100 points fit into 17 bits, which `suggest` packs with the place of a pair into 32.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .method import MatchingMethod
from .tables import BoolArray, FloatArray, IntArray, PostTable, ProductTable

UNITS_PER_POINT = 1_000
Units = NDArray[np.int32]
MOST_REPUTATION = 5


@dataclass(frozen=True, eq=False)
class Parts:
    """category: (M, C), price: (M, K) over the K classes of products' prices, price_class: (N,);
    poster, samples: (M,); commission, reputation, freshness: (N,). All in units. The *_known are
    what was measured."""

    category: Units
    price: Units
    price_class: IntArray
    poster: Units
    samples: Units
    commission: Units
    reputation: Units
    freshness: Units
    price_known: BoolArray
    poster_known: BoolArray
    samples_known: BoolArray
    reputation_known: BoolArray


def parts_of(posts: PostTable, products: ProductTable, method: MatchingMethod, today: int) -> Parts:
    classes, price_class = _price_classes(products, method.price_bands)
    goods, price_known = _goods(posts, method.price_bands)
    days = np.maximum(today - products.listed_day, 0)

    def units(code: str, values: FloatArray) -> Units:
        return np.rint(values * (method.weight(code) * UNITS_PER_POINT)).astype(np.int32)

    def known(values: FloatArray, most: float) -> FloatArray:
        return np.where(np.isnan(values), method.unknown, values / most)

    commission = np.minimum(products.commission / method.commission_full_bp, 1)
    return Parts(
        category=units("category", category_cosine(posts.category_shares)),
        price=units("price", price_overlap(goods, classes)),
        price_class=price_class,
        poster=units("poster", known(posts.reputation, MOST_REPUTATION)),
        samples=units("samples", known(posts.on_time, 1)),
        commission=units("commission", commission),
        reputation=units("reputation", known(products.reputation, MOST_REPUTATION)),
        freshness=units("freshness", np.exp2(days / -method.freshness_half_life_days)),
        price_known=price_known,
        poster_known=~np.isnan(posts.reputation),
        samples_known=~np.isnan(posts.on_time),
        reputation_known=~np.isnan(products.reputation),
    )


def category_cosine(shares: FloatArray) -> FloatArray:
    """(M, C) cosine of a post's shares with a product that is of one category alone."""
    lengths = np.sqrt((shares * shares).sum(axis=1))
    cosine: FloatArray = np.minimum(shares / lengths[:, None], 1)
    return cosine


def price_overlap(goods: FloatArray, classes: FloatArray) -> FloatArray:
    """1 − ½Σ|p − q| of each post's sales by price, (M, B), with each class of prices, (K, B)."""
    apart = np.zeros((len(goods), len(classes)))
    for band in range(goods.shape[1]):
        apart += np.abs(goods[:, band, None] - classes[None, :, band])
    return np.clip(1 - apart / 2, 0, 1)


def spread(low: IntArray, high: IntArray, bands: tuple[int, ...]) -> FloatArray:
    """(n, B) prices from low to high, spread evenly over the bands they touch."""
    first, last = band_of(low, bands), band_of(high, bands)
    columns = np.arange(len(bands))
    touched = (columns >= first[:, None]) & (columns <= last[:, None])
    return touched / (last - first + 1)[:, None]


def band_of(fen: IntArray, bands: tuple[int, ...]) -> IntArray:
    edges = np.array(bands[1:], dtype=np.int64)
    return np.searchsorted(edges, fen, side="right").astype(np.int64)


def _goods(posts: PostTable, bands: tuple[int, ...]) -> tuple[FloatArray, BoolArray]:
    """What the poster sells by price; where nobody knows, the prices it asks for stand in."""
    known: BoolArray = np.asarray(~np.isnan(posts.goods).any(axis=1))
    asked = spread(posts.price_low, posts.price_high, bands)
    return np.where(known[:, None], posts.goods, asked), known


def _price_classes(products: ProductTable, bands: tuple[int, ...]) -> tuple[FloatArray, IntArray]:
    """Prices that touch the same bands are one class: (K, B) and each product's class."""
    n = len(bands)
    code = band_of(products.price_low, bands) * n + band_of(products.price_high, bands)
    codes, price_class = np.unique(code, return_inverse=True)
    columns = np.arange(n)
    touched = (columns >= (codes // n)[:, None]) & (columns <= (codes % n)[:, None])
    shares = touched / np.maximum(touched.sum(axis=1), 1)[:, None]
    return shares, price_class.astype(np.int64)
