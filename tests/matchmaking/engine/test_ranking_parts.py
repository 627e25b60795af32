"""Each part of the score against values worked out by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaking.engine.ranking import PART_CODES, PriceGrid, rank
from matchmaking.engine.ranking.parts import (
    PART_VALUES,
    bucket_edges,
    bucket_of,
    category_affinity,
    evaluation_mean,
    half_life_value,
    price_overlap,
)
from matchmaking.engine.ranking.profiles import FloatArray

from .market import GRID, TODAY, method_of, need_of, pool_of

NAN = float("nan")


def overlap(low: int, high: int, budget: tuple[int, int], grid: PriceGrid = GRID) -> float:
    return float(price_overlap(np.array([low]), np.array([high]), budget, grid)[0])


def test_every_published_code_has_a_value() -> None:
    assert tuple(PART_VALUES) == PART_CODES


def test_category_affinity_by_hand() -> None:
    shares = np.array([[0.6, 0.8, 0.0], [0.0, 0.0, 1.0], [0.5, 0.5, 0.0], [0.0, 0.0, 0.0]])
    affinity = category_affinity(shares, np.array([1.0, 0.0, 0.0]))
    assert affinity == pytest.approx([0.6, 0.0, 1 / np.sqrt(2), 0.0])


def test_category_affinity_of_same_shares_is_never_above_one() -> None:
    shares = np.random.default_rng(1).random((500, 14))
    affinity = np.array([category_affinity(row[None], row)[0] for row in shares])
    assert affinity == pytest.approx(np.ones(500))
    assert affinity.max() <= 1


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (10_000, 99_999, 1.0),  # the same ten buckets
        (100_000, 999_999, 0.0),  # the ten buckets above
        (1_000, 99_999, 0.5),  # twenty buckets, ten in common
        (10_000, 10_000, 0.1),  # one bucket of ten
        (10_000, 30_000, 0.5),  # 10^(4.0 … 4.47): five buckets of ten
        (31_622, 999_999, 6 / 16),  # just below 10^4.5, so buckets 24 to 39; 24 to 29 in common
    ],
)
def test_price_overlap_by_hand(low: int, high: int, expected: float) -> None:
    assert overlap(low, high, (10_000, 99_999)) == pytest.approx(expected)


def test_price_outside_the_grid_counts_into_its_ends() -> None:
    assert overlap(0, 0, (0, 100)) == 1
    assert overlap(10**15, 10**16, (90_000_000, 10**12)) == 1


def test_bucket_edges_are_exact_at_powers_of_ten() -> None:
    edges = bucket_edges(GRID)
    assert len(edges) == GRID.buckets - 1
    assert edges[9::10].tolist() == [1_000, 10_000, 100_000, 1_000_000, 10_000_000]
    assert bucket_of(np.array([999, 1_000]), edges).tolist() == [9, 10]


prices = st.integers(0, 10**9)
bands = st.tuples(prices, prices).map(lambda pair: (min(pair), max(pair)))


@settings(max_examples=150, deadline=None)
@given(band=bands, budget=bands, buckets=st.integers(1, 90))
def test_price_overlap_is_one_minus_half_the_distance(
    band: tuple[int, int], budget: tuple[int, int], buckets: int
) -> None:
    grid = PriceGrid(lowest=100, highest=10**8, buckets=buckets)
    edges = bucket_edges(grid)

    def distribution(low: int, high: int) -> FloatArray:
        first, last = bucket_of(np.array([low, high]), edges)
        shares = np.zeros(buckets)
        shares[first : last + 1] = 1 / (last - first + 1)
        return shares

    distance = np.abs(distribution(*band) - distribution(*budget)).sum()
    assert overlap(*band, budget, grid) == pytest.approx(1 - distance / 2)


def test_evaluation_mean_by_hand() -> None:
    scores = np.array([[80.0, 40.0], [80.0, NAN], [NAN, NAN], [100.0, 100.0]])
    assert evaluation_mean(scores, None) == pytest.approx([0.6, 0.8, NAN, 1.0], nan_ok=True)
    weighted = evaluation_mean(scores, np.array([3.0, 1.0]))
    assert weighted == pytest.approx([0.7, 0.8, NAN, 1.0], nan_ok=True)
    second_only = evaluation_mean(scores, np.array([0.0, 1.0]))
    assert second_only == pytest.approx([0.4, NAN, NAN, 1.0], nan_ok=True)


def test_half_life_value_by_hand() -> None:
    ages = np.array([0.0, 30.0, 60.0, 15.0, NAN])
    expected = [1.0, 0.5, 0.25, 0.5**0.5, NAN]
    assert half_life_value(ages, 30) == pytest.approx(expected, nan_ok=True)


def test_points_are_value_times_weight() -> None:
    pool = pool_of(
        1,
        category_shares=np.array([[0.6, 0.8, 0.0]]),
        price_low=np.array([1_000]),
        updated_day=np.array([TODAY - 30]),
        past_result=np.array([0.25]),
        evaluation=np.array([[90.0, 70.0]]),
        response_hours=np.array([48.0]),
    )
    method = method_of(category=30, price=20, result=20, evaluation=10, response=8, freshness=12)
    ranking = rank(need_of(), pool, method)
    assert ranking.points[0] == pytest.approx([18.0, 10.0, 5.0, 8.0, 2.0, 6.0])
    assert ranking.total[0] == pytest.approx(49.0)
    assert ranking.measurable == 100
    assert ranking.confidence.tolist() == [1.0]


def test_profile_changed_after_the_day_is_fresh() -> None:
    pool = pool_of(1, updated_day=np.array([TODAY + 1]))
    assert rank(need_of(), pool, method_of(freshness=100)).total.tolist() == [100.0]


@pytest.mark.parametrize("place", range(0, 40, 7))
def test_value_does_not_depend_on_the_place_in_the_array(place: int) -> None:
    random = np.random.default_rng(2)
    shares, wanted = random.random((40, 14)), random.random(14)
    alone = category_affinity(shares[place : place + 1], wanted)
    for rows in (shares, np.asfortranarray(shares)):
        assert category_affinity(rows, wanted)[place] == alone[0]
