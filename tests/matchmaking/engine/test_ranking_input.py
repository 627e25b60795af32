"""What a need, a pool and a method refuse, and in which words."""

from dataclasses import asdict
from typing import Any

import numpy as np
import pytest

from matchmaking.engine.ranking import PriceGrid, RankingMethod, gaps, rank

from .market import method_of, need_of, pool_of

NAN = float("nan")
METHOD = method_of(category=60.5, freshness=39.5)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"services": frozenset({-1})}, "services: a column below 0"),
        ({"city": -1}, "city: a column below 0"),
        ({"category_shares": np.array([-0.1, 0, 0])}, "category_shares: a value not between"),
        ({"category_shares": np.array([NAN, 0, 0])}, "category_shares: a value not between"),
        ({"category_shares": np.array([1, 0, 0])}, "category_shares: int64 where float64"),
        ({"category_shares": np.ones((1, 3))}, r"category_shares: shape \(1, 3\)"),
        ({"budget": (2, 1)}, "budget: low 2 is above high 1"),
        ({"budget": (-1, 1)}, "budget: below 0"),
        ({"budget": (1, 2**63)}, "budget: beyond 64 bits"),
        ({"dimension_weights": np.zeros(2)}, "dimension_weights: all zero"),
        ({"dimension_weights": np.array([1, np.inf])}, "dimension_weights: a value not between"),
    ],
)
def test_need_refuses(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{message}"):
        need_of(**changes)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"ids": np.array([1, 1])}, "ids: the same id twice"),
        ({"ids": np.array([1.0, 2.0])}, "ids: float64 where int64"),
        ({"ids": np.array([1, 2, 3])}, r"services: shape \(2, 2\) where \(3, None\)"),
        ({"services": np.ones((2, 2))}, "services: float64 where bool"),
        ({"category_shares": np.full((2, 3), -0.1)}, "category_shares: a value not between"),
        ({"category_shares": np.full((2, 3), NAN)}, "category_shares: a value not between"),
        ({"price_low": np.array([-1, 0])}, "price_low: a value not between"),
        ({"price_low": np.array([0, 100_000])}, "price_low: above price_high"),
        ({"price_high": np.array([1, 2, 3])}, r"price_high: shape \(3,\)"),
        ({"cities": np.ones(2, bool)}, r"cities: shape \(2,\)"),
        ({"remote": np.ones((2, 1), bool)}, r"remote: shape \(2, 1\)"),
        ({"updated_day": np.array([NAN, 1])}, "updated_day: float64 where int64"),
        ({"past_result": np.array([0.5, 1.1])}, "past_result: a value not between"),
        ({"evaluation": np.array([50.0, 50.0])}, r"evaluation: shape \(2,\)"),
        ({"evaluation": np.full((2, 5), 101.0)}, "evaluation: a value not between"),
        ({"response_hours": np.array([NAN, -1.0])}, "response_hours: a value not between"),
        ({"response_hours": np.array([NAN, np.inf])}, "response_hours: a value not between"),
    ],
)
def test_pool_refuses(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{message}"):
        pool_of(2, **changes)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"services": frozenset({2})}, "services: the pool has 2"),
        ({"city": 2}, "city: the pool has 2"),
        ({"category_shares": np.ones(4)}, r"category_shares: shape \(4,\)"),
        ({"dimension_weights": np.ones(3)}, r"dimension_weights: shape \(3,\)"),
    ],
)
def test_need_with_columns_the_pool_lacks_is_refused(changes: dict[str, Any], message: str) -> None:
    pool = pool_of(2, evaluation=np.full((2, 5), 50.0))
    with pytest.raises(ValueError, match=f"^{message}"):
        rank(need_of(**changes), pool, METHOD)
    with pytest.raises(ValueError, match=f"^{message}"):
        gaps(need_of(**changes), pool, 0, stale_after_days=90)


def test_method_is_read_back_as_written() -> None:
    assert RankingMethod.from_dict(asdict(METHOD)) == METHOD


def stored(**changes: Any) -> dict[str, Any]:
    return asdict(METHOD) | changes


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ([], "method: must be an object"),
        (stored(colour=1), "colour: unknown key"),
        (stored(version=1), "version: must be text"),
        (stored(version=""), "version: empty"),
        (stored(parts={}), "parts: must be a list"),
        (stored(parts=[]), "parts: weights sum to 0, not 100"),
        (stored(parts=[7]), r"parts\[0\]: must be an object"),
        (stored(parts=[{"code": "price", "wieght": 1}]), r"parts\[0\].wieght: unknown key"),
        (stored(parts=[{"code": "price"}]), r"parts\[0\].weight: missing"),
        (stored(parts=[{"code": "price", "weight": True}]), r"parts\[0\].weight: must be a num"),
        (stored(parts=[{"code": "price", "weight": 0}]), r"parts\[0\].weight: must be above 0"),
        (stored(parts=[{"code": "price", "weight": NAN}]), r"parts\[0\].weight: must be above"),
        (stored(parts=[{"code": "price", "weight": 99}]), "parts: weights sum to 99, not 100"),
        (stored(parts=[{"code": "paid", "weight": 100}]), r"parts\[0\].code: 'paid' is not"),
        (stored(parts=[{"code": "price", "weight": 50}] * 2), r"parts\[1\].code: 'price' twice"),
        (stored(freshness_half_life_days="30"), "freshness_half_life_days: must be a number"),
        (stored(freshness_half_life_days=0), "freshness_half_life_days: must be above 0"),
        (stored(response_half_life_hours=-1), "response_half_life_hours: must be above 0"),
        (stored(price_grid=None), "price_grid: must be an object"),
        (
            stored(price_grid={"lowest": 1, "highest": 9, "buckets": 3, "step": 1}),
            "price_grid.step: unknown key",
        ),
        (
            stored(price_grid={"lowest": 1.5, "highest": 9, "buckets": 3}),
            "price_grid.lowest: must be a whole number",
        ),
    ],
)
def test_method_refuses(data: Any, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{message}"):
        RankingMethod.from_dict(data)


def test_method_names_a_missing_key() -> None:
    data = stored()
    del data["version"]
    with pytest.raises(ValueError, match=r"^version: missing"):
        RankingMethod.from_dict(data)


@pytest.mark.parametrize(
    ("grid", "message"),
    [((0, 9, 3), "lowest"), ((9, 9, 3), "highest"), ((1, 9, 0), "buckets")],
)
def test_price_grid_refuses(grid: tuple[int, int, int], message: str) -> None:
    with pytest.raises(ValueError, match=f"^price_grid.{message}"):
        PriceGrid(*grid)
