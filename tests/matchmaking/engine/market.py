"""A small market to rank in: every test changes only what it is about."""

from typing import Any

import numpy as np

from matchmaking.engine.ranking import (
    CandidatePool,
    NeedProfile,
    Part,
    PriceGrid,
    RankingMethod,
    ReachScale,
)

TODAY = 739_000
# Ten buckets per factor of ten from 1 to 10^6 yuan: edges at 100, 1000 … fen are exact.
GRID = PriceGrid(lowest=100, highest=100_000_000, buckets=60)


def need_of(**changes: Any) -> NeedProfile:
    fields: dict[str, Any] = {
        "id": 7,
        "today": TODAY,
        "services": frozenset({0}),
        "category_shares": np.array([1.0, 0.0, 0.0]),
        "budget": (10_000, 99_999),
        "city": 0,
        "accepts_remote": False,
    }
    return NeedProfile(**(fields | changes))


def pool_of(n: int, **changes: Any) -> CandidatePool:
    """n equal candidates with ids 1 … n that pass every filter of `need_of()`."""
    fields: dict[str, Any] = {
        "ids": np.arange(1, n + 1),
        "services": np.ones((n, 2), dtype=np.bool_),
        "category_shares": np.tile([1.0, 0.0, 0.0], (n, 1)),
        "price_low": np.full(n, 10_000),
        "price_high": np.full(n, 99_999),
        "cities": np.ones((n, 2), dtype=np.bool_),
        "remote": np.zeros(n, dtype=np.bool_),
        "updated_day": np.full(n, TODAY),
    }
    return CandidatePool(**(fields | changes))


def method_of(
    *,
    grid: PriceGrid = GRID,
    scale: ReachScale | None = None,
    dimensions: tuple[str, ...] = (),
    **weights: float,
) -> RankingMethod:
    return RankingMethod(
        version="test",
        parts=tuple(Part(code, weight) for code, weight in weights.items()),
        freshness_half_life_days=30,
        response_half_life_hours=24,
        price_grid=grid,
        reach=scale,
        dimensions=dimensions,
    )
