"""The parts of the score, each a number from 0 to 1 per candidate.

Sums run column after column, so that a candidate's value never depends on where in the arrays
it stands: a matrix product may add in another order at the end of a block.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from .method import Part, PriceGrid, RankingMethod, ReachScale
from .profiles import CandidatePool, FloatArray, IntArray, NeedProfile


def category_affinity(shares: FloatArray, wanted: FloatArray) -> FloatArray:
    """Cosine of category shares. shares: (n, C), wanted: (C,) not all zero → (n,).

    A candidate that declares no category has nothing in common with any need: 0.
    """
    common, squares = np.zeros(len(shares)), np.zeros(len(shares))
    for column, share in zip(shares.T, wanted, strict=True):
        squares += column * column
        if share:
            common += column * share
    lengths = np.sqrt(squares) * np.sqrt(float(wanted @ wanted))
    cosine = np.zeros(len(shares))
    np.divide(common, lengths, out=cosine, where=lengths > 0)
    return np.minimum(cosine, 1, out=cosine)  # rounding may leave it a hair above


def price_overlap(
    low: IntArray, high: IntArray, budget: tuple[int, int], grid: PriceGrid
) -> FloatArray:
    """1 − ½Σ|p − q| of two price bands, p and q spread evenly over the buckets each touches.

    low, high: (n,) fen → (n,). Buckets are equally wide in log price, so a band is uniform in
    log price; a band with low = high is one bucket. For two such distributions the sum is
    (buckets in common) / (buckets of the wider band), which is what is computed.
    """
    edges = bucket_edges(grid)
    first, last = bucket_of(low, edges), bucket_of(high, edges)
    asked_first, asked_last = bucket_of(np.array(budget, dtype=np.int64), edges)
    common = np.minimum(last, asked_last) - np.maximum(first, asked_first) + 1
    widest = np.maximum(last - first, asked_last - asked_first) + 1
    overlap: FloatArray = np.maximum(common, 0) / widest
    return overlap


@lru_cache(maxsize=16)
def bucket_edges(grid: PriceGrid) -> IntArray:
    """(buckets − 1,) lowest whole fen of each bucket but the first."""
    step = (grid.highest / grid.lowest) ** (1 / grid.buckets)
    edges: FloatArray = grid.lowest * step ** np.arange(1, grid.buckets)
    # Powers miss whole fen by a rounding error; an edge meant as 1000 must not become 1001.
    return np.ceil(np.round(edges, 6)).astype(np.int64)


def bucket_of(fen: IntArray, edges: IntArray) -> IntArray:
    """Bucket of each price, counted from 0."""
    return np.searchsorted(edges, fen, side="right").astype(np.int64, copy=False)


def evaluation_mean(scores: FloatArray, weights: FloatArray | None) -> FloatArray:
    """Weighted mean of the measured dimensions / 100. scores: (n, D) 0–100 or NaN → (n,).

    NaN where no dimension that weighs anything is measured.
    """
    points, weight = np.zeros(len(scores)), np.zeros(len(scores))
    asked = np.ones(scores.shape[1]) if weights is None else weights
    for column, share in zip(scores.T, asked, strict=True):
        known = ~np.isnan(column)
        points += np.where(known, column * share, 0)
        weight += known * share
    mean = np.full(len(scores), np.nan)
    np.divide(points, weight * 100, out=mean, where=weight > 0)
    return mean


def reach_value(followers: FloatArray, scale: ReachScale) -> FloatArray:
    """0 up to the scale's least, 1 from its most on, and between them by orders of magnitude. Never
    falls as followers rise. NaN stays NaN."""
    span = np.log(scale.most / scale.least)
    value: FloatArray = np.log(np.maximum(followers, scale.least) / scale.least) / span
    return np.minimum(value, 1, out=value)


def goods_overlap(sales: FloatArray, goods: FloatArray) -> FloatArray:
    """1 − ½Σ|p − q| of two distributions over the same price bands. sales: (n, B), goods: (B,) →
    (n,). NaN stays NaN."""
    apart = np.zeros(len(sales))
    for column, share in zip(sales.T, goods, strict=True):
        apart += np.abs(column - share)
    overlap: FloatArray = np.clip(1 - apart / 2, 0, 1)  # rounding may leave it a hair outside
    return overlap


def half_life_value(age: FloatArray | IntArray, half_life: float) -> FloatArray:
    """0.5 ** (age / half_life), in the same unit of time; NaN stays NaN."""
    value: FloatArray = np.exp2(age / -half_life)
    return value


class Scoring(NamedTuple):
    """What a part is measured from: the candidates in `rows`, (n,) indexes into the pool."""

    need: NeedProfile
    pool: CandidatePool
    rows: IntArray
    method: RankingMethod


def _category(asked: Scoring) -> FloatArray | None:
    wanted = asked.need.category_shares
    if not wanted.any():
        return None
    return category_affinity(asked.pool.category_shares.take(asked.rows, axis=0), wanted)


def _price(asked: Scoring) -> FloatArray | None:
    need, pool, rows, method = asked
    if need.budget is None:
        return None
    return price_overlap(
        pool.price_low[rows], pool.price_high[rows], need.budget, method.price_grid
    )


def _goods(asked: Scoring) -> FloatArray | None:
    sales, goods = asked.pool.goods, asked.need.goods
    if sales is None or goods is None:
        return None
    return goods_overlap(sales.take(asked.rows, axis=0), goods)


def _reach(asked: Scoring) -> FloatArray | None:
    reach, scale = asked.pool.reach, asked.method.reach
    return None if reach is None or scale is None else reach_value(reach[asked.rows], scale)


def _result(asked: Scoring) -> FloatArray | None:
    results = asked.pool.past_result
    return None if results is None else results[asked.rows]


def _evaluation(asked: Scoring) -> FloatArray | None:
    scores = asked.pool.evaluation
    if scores is None:
        return None
    return evaluation_mean(scores.take(asked.rows, axis=0), asked.need.dimension_weights)


def _dimension(asked: Scoring, dimension: str) -> FloatArray | None:
    scores = asked.pool.evaluation
    if scores is None:
        return None
    column: FloatArray = scores[asked.rows, asked.method.dimensions.index(dimension)] / 100
    return column


def _response(asked: Scoring) -> FloatArray | None:
    hours = asked.pool.response_hours
    if hours is None:
        return None
    return half_life_value(hours[asked.rows], asked.method.response_half_life_hours)


def _freshness(asked: Scoring) -> FloatArray | None:
    # A profile saved just after midnight, ranked for the day before, is new, not an error.
    days = np.maximum(asked.need.today - asked.pool.updated_day[asked.rows], 0)
    return half_life_value(days, asked.method.freshness_half_life_days)


# Each gives (n,) values, NaN where a candidate is not measured, or None where there is nothing
# to measure by: no source, or the need does not ask.
PART_VALUES: dict[str, Callable[[Scoring], FloatArray | None]] = {
    "category": _category,
    "price": _price,
    "goods": _goods,
    "reach": _reach,
    "result": _result,
    "evaluation": _evaluation,
    "response": _response,
    "freshness": _freshness,
}


def values_of(part: Part, asked: Scoring) -> FloatArray | None:
    if part.dimension is not None:
        return _dimension(asked, part.dimension)
    return PART_VALUES[part.code](asked)
