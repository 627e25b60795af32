"""What a candidate is told it is missing."""

from typing import Any

import numpy as np
import pytest

from matchmaking.engine.ranking import Gap, gaps

from .market import TODAY, need_of, pool_of


def gaps_of(need: dict[str, Any], candidate: dict[str, Any]) -> list[Gap]:
    pool = pool_of(1, **{name: np.array([value]) for name, value in candidate.items()})
    return gaps(need_of(**need), pool, 0, stale_after_days=90)


@pytest.mark.parametrize(
    ("need", "candidate", "expected"),
    [
        ({}, {}, []),
        ({}, {"price_low": 99_999}, []),
        ({}, {"price_low": 120_000, "price_high": 130_000}, [Gap("price_above", (20_001,))]),
        ({}, {"price_low": 0, "price_high": 9_000}, [Gap("price_below", (1_000,))]),
        ({}, {"price_low": 0, "price_high": 10_000}, []),
        ({"budget": None}, {"price_low": 0, "price_high": 9_000}, []),
        ({}, {"updated_day": TODAY - 90}, []),
        ({}, {"updated_day": TODAY - 91}, [Gap("stale", (91,))]),
        ({"services": frozenset({1, 0})}, {"services": [True, False]}, [Gap("service", (1,))]),
        ({"city": 1}, {"cities": [True, False]}, [Gap("region")]),
        ({"city": 1}, {"cities": [True, False], "remote": True}, [Gap("region")]),
        ({"city": None}, {"cities": [False, False]}, []),
        (
            {"city": 1, "accepts_remote": True},
            {"cities": [True, False], "remote": True},
            [],
        ),
        (
            {"category_shares": np.array([0.5, 0.25, 0.25])},
            {"category_shares": [0.0, 1.0, 0.0]},
            [Gap("category", (0, 2))],
        ),
    ],
)
def test_gaps_by_hand(need: dict[str, Any], candidate: dict[str, Any], expected: list[Gap]) -> None:
    assert gaps_of(need, candidate) == expected


def test_gaps_come_in_a_fixed_order() -> None:
    found = gaps_of(
        {"city": 1},
        {
            "services": [False, False],
            "cities": [True, False],
            "category_shares": [0.0, 0.0, 1.0],
            "price_low": 200_000,
            "price_high": 200_000,
            "updated_day": TODAY - 400,
        },
    )
    assert [gap.code for gap in found] == ["service", "region", "category", "price_above", "stale"]


@pytest.mark.parametrize("index", [-1, 1])
def test_gaps_of_nobody(index: int) -> None:
    with pytest.raises(IndexError, match="1 candidates"):
        gaps(need_of(), pool_of(1), index, stale_after_days=90)
