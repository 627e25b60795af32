"""Ranking against bare NumPy doing the cosine and the overlap alone.

The floor has no names, filters, missing data, other parts, ties or explanation: what remains
between the two is the price of those.
"""

import numpy as np

from matchmaking.engine.ranking import (
    CandidatePool,
    NeedProfile,
    Part,
    PriceGrid,
    RankingMethod,
    rank,
)
from tests.bench import Row, median_ms

SERVICES, CATEGORIES, CITIES, DIMENSIONS, TODAY = 18, 14, 49, 5, 739_000
METHOD = RankingMethod(
    version="bench",
    parts=(
        Part("category", 30),
        Part("price", 20),
        Part("result", 15),
        Part("evaluation", 15),
        Part("response", 10),
        Part("freshness", 10),
    ),
    freshness_half_life_days=90,
    response_half_life_hours=24,
    price_grid=PriceGrid(lowest=10_000, highest=10_000_000_000, buckets=120),
)


def run() -> list[Row]:
    return [
        measure("everyone passes", 800, need_for(()), limit=8),
        measure("everyone passes", 100_000, need_for(()), limit=4),
        measure("two services in one city", 100_000, need_for((1, 2)), limit=1),
    ]


def measure(what: str, candidates: int, need: NeedProfile, *, limit: float) -> Row:
    pool = pool_of(candidates)
    repeats = max(15, 200_000 // candidates)
    ours, floor = median_ms(
        lambda: rank(need, pool, METHOD), lambda: bare_numpy(need, pool), repeats=repeats
    )
    return Row(f"rank {candidates:,} candidates, {what}", ours, floor, "ms", "≤", limit)


def need_for(services: tuple[int, ...]) -> NeedProfile:
    return NeedProfile(
        id=1,
        today=TODAY,
        services=frozenset(services),
        category_shares=np.array([0.6, 0.4] + [0.0] * (CATEGORIES - 2)),
        budget=(3_000_000, 12_000_000),
        city=3 if services else None,
        accepts_remote=True,
    )


def pool_of(n: int) -> CandidatePool:
    random = np.random.default_rng(1)
    low = np.exp(random.uniform(np.log(10**5), np.log(10**8), n)).astype(np.int64)

    def some_missing(values: np.ndarray) -> np.ndarray:
        return np.where(random.random(values.shape) < 0.2, np.nan, values)

    return CandidatePool(
        ids=random.permutation(n),
        services=random.random((n, SERVICES)) < 0.4,
        category_shares=random.dirichlet(np.full(CATEGORIES, 0.3), n),
        price_low=low,
        price_high=(low * random.uniform(1, 8, n)).astype(np.int64),
        cities=random.random((n, CITIES)) < 0.1,
        remote=random.random(n) < 0.5,
        updated_day=TODAY - random.integers(0, 400, n),
        past_result=some_missing(random.random(n)),
        evaluation=some_missing(random.uniform(0, 100, (n, DIMENSIONS))),
        response_hours=some_missing(random.exponential(12, n)),
    )


def bare_numpy(need: NeedProfile, pool: CandidatePool) -> np.ndarray:
    """Pool indexes by 30 × cosine + 20 × overlap of log-price buckets."""
    shares, wanted = pool.category_shares, need.category_shares
    cosine = shares @ wanted / np.sqrt((shares * shares).sum(axis=1) * (wanted @ wanted))
    assert need.budget is not None
    edges = np.geomspace(10_000, 10_000_000_000, 121)[1:-1]
    first, last = np.searchsorted(edges, pool.price_low), np.searchsorted(edges, pool.price_high)
    asked = np.searchsorted(edges, need.budget)
    common = np.minimum(last, asked[1]) - np.maximum(first, asked[0]) + 1
    overlap = common.clip(0) / np.maximum(last - first, asked[1] - asked[0] + 1)
    return np.argsort(-(30 * cosine + 20 * overlap))
