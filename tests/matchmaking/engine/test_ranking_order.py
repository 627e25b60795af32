"""Filters, order, ties and what a ranking says about missing data."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaking.engine.ranking import (
    HARD_FILTERS,
    CandidatePool,
    Filter,
    NeedProfile,
    Ranking,
    ReachScale,
    gaps,
    rank,
    rotation,
)

from .market import TODAY, method_of, need_of, pool_of

NAN = float("nan")
FULL = method_of(category=30, price=20, result=15, evaluation=15, response=10, freshness=10)
SCALE = ReachScale(least=1_000, most=10_000_000)
REACHING = method_of(
    category=30, reach=15, result=15, evaluation=25, response=10, freshness=5, scale=SCALE
)
DIMENSIONS = ("connection", "growth", "talent", "improvement", "health")
SPLIT = method_of(
    dimensions=DIMENSIONS,
    category=60,
    result=15,
    **{f"evaluation.{code}": 5 for code in DIMENSIONS},
)
OPTIONAL = ("past_result", "evaluation", "response_hours")


def random_pool(seed: int, n: int) -> CandidatePool:
    random = np.random.default_rng(seed)

    def some_missing(values: Any) -> Any:
        return np.where(random.random(values.shape) < 0.3, NAN, values)

    low = random.integers(0, 200_000, n)
    return CandidatePool(
        ids=random.permutation(n * 3)[:n],
        services=random.random((n, 4)) < 0.7,
        category_shares=np.round(random.random((n, 3)), 1),
        price_low=low,
        price_high=low + random.integers(0, 200_000, n),
        cities=random.random((n, 2)) < 0.5,
        remote=random.random(n) < 0.5,
        updated_day=TODAY - random.integers(0, 90, n),
        past_result=some_missing(np.round(random.random(n), 1)),
        evaluation=some_missing(random.integers(0, 101, (n, 5)).astype(np.float64)),
        response_hours=some_missing(random.integers(0, 72, n).astype(np.float64)),
        verified_day=TODAY - random.integers(0, 400, n),
        places=some_missing(random.integers(0, 4, n).astype(np.float64)),
        reach=some_missing(np.round(10.0 ** random.uniform(0, 8, n))),
        shopping=some_missing(np.round(10.0 ** random.uniform(0, 6, n))),
        goods=np.where(random.random((n, 1)) < 0.3, NAN, random.dirichlet(np.ones(5), n)),
        rosters=random.integers(0, 30, (n, 4)).astype(np.float64),
        unmeasured=random.integers(0, 9, n).astype(np.float64),
    )


def taken(pool: CandidatePool, rows: Any) -> CandidatePool:
    fields: dict[str, Any] = {name: getattr(pool, name) for name in pool.__dataclass_fields__}
    known = {name: values for name, values in fields.items() if values is not None}
    return CandidatePool(**{name: values[rows] for name, values in known.items()})


def ids_in_order(ranking: Ranking, pool: CandidatePool) -> list[int]:
    return list(pool.ids[ranking.order])


def reason_of(ranking: Ranking, row: int) -> str | None:
    return next((code for code, rows in ranking.excluded.items() if row in rows), None)


needs = st.builds(
    need_of,
    id=st.integers(-(2**63), 2**63 - 1),
    services=st.frozensets(st.integers(0, 3), max_size=3),
    category_shares=st.lists(st.integers(0, 10), min_size=3, max_size=3).map(
        lambda tenths: np.array(tenths) / 10
    ),
    budget=st.none() | st.sampled_from([(0, 0), (10_000, 99_999), (50_000, 300_000)]),
    city=st.none() | st.integers(0, 1),
    accepts_remote=st.booleans(),
    dimension_weights=st.none() | st.just(np.array([0.0, 1.0, 2.0, 0.0, 1.0])),
)
pools = st.builds(random_pool, st.integers(0, 10**6), st.integers(0, 40))


@settings(max_examples=100, deadline=None)
@given(need=needs, pool=pools)
def test_listed_candidates_pass_every_filter_and_the_rest_have_a_reason(
    need: NeedProfile, pool: CandidatePool
) -> None:
    ranking = rank(need, pool, FULL)
    for row in range(len(pool.ids)):
        offers = all(pool.services[row, column] for column in need.services)
        serves = (
            need.city is None
            or pool.cities[row, need.city]
            or (need.accepts_remote and pool.remote[row])
        )
        is_full = pool.places is not None and pool.places[row] < 1
        failed = {"service": not offers, "region": not serves, "capacity": is_full}
        expected = next((code for code, fails in failed.items() if fails), None)
        assert reason_of(ranking, row) == expected
        assert (row in ranking.order) == (expected is None)
    assert sum(ranking.excluded_counts.values()) + len(ranking.order) == len(pool.ids)


@settings(max_examples=100, deadline=None)
@given(need=needs, pool=pools, seed=st.integers(0, 10**6))
def test_order_of_input_is_irrelevant(need: NeedProfile, pool: CandidatePool, seed: int) -> None:
    shuffled = taken(pool, np.random.default_rng(seed).permutation(len(pool.ids)))
    first, second = rank(need, pool, FULL), rank(need, shuffled, FULL)
    assert ids_in_order(first, pool) == ids_in_order(second, shuffled)
    for name in ("points", "measured", "total", "confidence"):
        assert np.array_equal(getattr(first, name), getattr(second, name))


@settings(max_examples=100, deadline=None)
@given(need=needs, pool=pools)
def test_points_stay_within_their_weights_and_add_up(
    need: NeedProfile, pool: CandidatePool
) -> None:
    ranking = rank(need, pool, FULL)
    weights = np.array([part.weight for part in FULL.parts])
    assert (ranking.points >= 0).all()
    assert (ranking.points <= weights).all()
    assert ranking.total == pytest.approx(ranking.points.sum(axis=1))
    assert (np.diff(ranking.total) <= 0).all()
    assert ranking.confidence == pytest.approx((ranking.measured * weights).sum(axis=1) / 100)
    assert (ranking.total <= ranking.measurable + 1e-9).all()


improvements = st.sampled_from(
    [
        ("past_result", 0.4, 0.4 + 2e-9),  # hardly more than can be shown
        ("past_result", 0.4, 0.9),
        ("response_hours", 20.0, 3.0),
        ("evaluation", [50.0, 50.0], [50.0, 51.0]),
        ("updated_day", TODAY - 9, TODAY - 8),
        ("category_shares", [0.5, 0.5, 0.0], [0.6, 0.5, 0.0]),
        ("price_low", 2_000, 9_000),
    ]
)


@settings(max_examples=60, deadline=None)
@given(better=improvements, need_id=st.integers(0, 10**9), better_first=st.booleans())
def test_better_in_one_part_and_equal_in_the_rest_ranks_higher(
    better: tuple[str, Any, Any], need_id: int, better_first: bool
) -> None:
    name, worse_value, better_value = better
    pair = [better_value, worse_value] if better_first else [worse_value, better_value]
    measured: dict[str, Any] = {
        "past_result": np.full(2, 0.4),
        "evaluation": np.full((2, 2), 50.0),
        "response_hours": np.full(2, 20.0),
    }
    pool = pool_of(2, **(measured | {name: np.array(pair)}))
    assert rank(need_of(id=need_id), pool, FULL).order[0] == (0 if better_first else 1)


scores = st.one_of(st.none(), st.integers(0, 100))


@settings(max_examples=100, deadline=None)
@given(
    rows=st.lists(st.lists(scores, min_size=5, max_size=5), min_size=2, max_size=6),
    raised=st.integers(0, 4),
    by=st.floats(0.001, 50),
    need_id=st.integers(0, 10**9),
)
def test_better_in_one_dimension_and_equal_in_the_rest_ranks_higher(
    rows: list[list[int | None]], raised: int, by: float, need_id: int
) -> None:
    """Whatever is missing in the others, and whoever else is in the list."""
    table = np.array([[NAN if x is None else x for x in row] for row in rows], dtype=np.float64)
    table[0, raised] = 50
    table[1] = table[0]
    table[1, raised] += by
    ranking = rank(need_of(id=need_id), pool_of(len(rows), evaluation=table), SPLIT)
    places = ranking.order.tolist()
    assert places.index(1) < places.index(0)


def test_missing_dimension_counts_as_the_median_of_the_others() -> None:
    table = np.array([[NAN, 80, 80, 80, 80], [40, 80, 80, 80, 80], [60, 80, 80, 80, 80.0]])
    ranking = rank(need_of(), pool_of(3, evaluation=table), SPLIT)
    column = ranking.part_codes.index("evaluation.connection")
    assert ranking.order.tolist() == [2, 0, 1]
    assert ranking.points[:, column].tolist() == [3, 2.5, 2]
    assert ranking.measured[:, column].tolist() == [True, False, True]
    assert ranking.confidence.tolist() == pytest.approx([0.85, 0.80, 0.85])


def test_dimension_needs_its_column() -> None:
    with pytest.raises(ValueError, match=r"^parts\[0\].code: 'evaluation.growth' is not"):
        method_of(**{"evaluation.growth": 100})
    with pytest.raises(ValueError, match=r"^evaluation: 2 columns where the method has 5"):
        rank(need_of(), pool_of(1, evaluation=np.full((1, 2), 50.0)), SPLIT)
    with pytest.raises(ValueError, match=r"^dimensions: one of them twice"):
        method_of(dimensions=("growth", "growth"), category=100)


@settings(max_examples=60, deadline=None)
@given(
    followers=st.lists(st.floats(1_000, 10_000_000), min_size=2, max_size=2, unique=True),
    need_id=st.integers(0, 10**9),
)
def test_more_followers_and_equal_in_the_rest_never_ranks_lower(
    followers: list[float], need_id: int
) -> None:
    ranking = rank(need_of(id=need_id), pool_of(2, reach=np.array(followers)), REACHING)
    column = ranking.part_codes.index("reach")
    points = dict(zip(ranking.order.tolist(), ranking.points[:, column].tolist(), strict=True))
    least, most = sorted((0, 1), key=lambda row: followers[row])
    assert points[least] <= points[most]
    assert points[least] == points[most] or ranking.order[0] == most


def test_each_tenfold_of_followers_is_worth_the_same() -> None:
    followers = np.array([0.0, 1e3, 1e4, 1e5, 1e6, 1e7, 1e9, NAN])
    pool = pool_of(len(followers), reach=followers)
    ranking = rank(need_of(), pool, REACHING)
    column = ranking.part_codes.index("reach")
    points = np.empty(len(followers))
    points[ranking.order] = ranking.points[:, column]
    assert points.tolist() == pytest.approx([0, 0, 3.75, 7.5, 11.25, 15, 15, 7.5])
    assert not ranking.measured[ranking.order.tolist().index(7), column]


@settings(max_examples=50, deadline=None)
@given(need=needs, pool=pools, seed=st.integers(0, 10**6))
def test_order_by_reach_depends_on_no_order_of_input(
    need: NeedProfile, pool: CandidatePool, seed: int
) -> None:
    shuffled = taken(pool, np.random.default_rng(seed).permutation(len(pool.ids)))
    first, second = rank(need, pool, REACHING), rank(need, shuffled, REACHING)
    assert ids_in_order(first, pool) == ids_in_order(second, shuffled)


def test_who_is_full_is_left_out_and_who_has_not_said_is_not() -> None:
    pool = pool_of(4, places=np.array([0.0, 1.0, NAN, 7.0]))
    ranking = rank(need_of(), pool, FULL)
    assert sorted(ranking.order.tolist()) == [1, 2, 3]
    assert ranking.excluded_counts == {"service": 0, "region": 0, "capacity": 1}
    assert [gap.code for gap in gaps(need_of(), pool, 2, stale_after_days=90)] == ["capacity"]
    assert gaps(need_of(), pool, 3, stale_after_days=90) == []
    assert rank(need_of(), pool_of(4), FULL).excluded_counts["capacity"] == 0


def test_part_of_reach_needs_its_scale() -> None:
    with pytest.raises(ValueError, match=r"^reach: the part needs"):
        method_of(category=50, reach=50)
    for least, most in ((0, 10), (10, 10)):
        with pytest.raises(ValueError, match=r"^reach\."):
            ReachScale(least, most)


@pytest.mark.parametrize("name", OPTIONAL)
def test_missing_measurement_scores_the_median_and_lowers_confidence(name: str) -> None:
    values = np.array([NAN, 0.1, 0.2, 0.9])
    shaped = values[:, None] if name == "evaluation" else values
    ranking = rank(need_of(), pool_of(4, **{name: shaped}), FULL)
    code = {"past_result": "result", "response_hours": "response"}.get(name, name)
    column = ranking.part_codes.index(code)
    by_row = dict(zip(ranking.order.tolist(), ranking.points[:, column].tolist(), strict=True))
    sure = dict(zip(ranking.order.tolist(), ranking.confidence.tolist(), strict=True))
    flags = dict(zip(ranking.order.tolist(), ranking.measured[:, column].tolist(), strict=True))
    assert by_row[0] == by_row[2] > 0
    assert flags == {0: False, 1: True, 2: True, 3: True}
    weight = FULL.parts[column].weight
    assert sure[0] == pytest.approx(sure[1] - weight / 100)
    assert ranking.measurable == 60 + weight


def test_median_is_of_the_listed_candidates() -> None:
    services = np.array([[True, True], [True, True], [False, True], [False, True]])
    pool = pool_of(4, services=services, past_result=np.array([NAN, 0.5, 1.0, 1.0]))
    ranking = rank(need_of(), pool, method_of(result=100))
    assert ranking.total.tolist() == [50.0, 50.0]


@pytest.mark.parametrize("result", [None, np.full(3, NAN)])
def test_part_nobody_is_measured_in_scores_everyone_alike(result: Any) -> None:
    ranking = rank(need_of(), pool_of(3, past_result=result), method_of(category=60, result=40))
    assert ranking.unmeasured == ("result",)
    assert ranking.measurable == 60
    assert not ranking.points[:, 1].any()
    assert not ranking.measured[:, 1].any()
    assert ranking.confidence.tolist() == [0.6, 0.6, 0.6]


def test_part_the_need_does_not_ask_for_is_not_measured() -> None:
    need = need_of(budget=None, category_shares=np.zeros(3))
    ranking = rank(need, pool_of(2), FULL)
    assert ranking.unmeasured == ("category", "price", "result", "evaluation", "response")


def test_same_day_same_order_and_another_day_another_order() -> None:
    pool = pool_of(50)
    days = [ids_in_order(rank(need_of(today=TODAY + d), pool, FULL), pool) for d in (0, 0, 1)]
    assert days[0] == days[1] != days[2]
    assert sorted(days[0]) == sorted(days[2])


def test_ties_give_every_candidate_the_first_place_about_as_often() -> None:
    pool, method = pool_of(4, updated_day=np.full(4, TODAY + 2_000)), method_of(freshness=100)
    first = [rank(need_of(today=TODAY + day), pool, method).order[0] for day in range(2_000)]
    counts = np.bincount(first)
    # 500 ± 3.6 standard deviations
    assert counts.min() > 430
    assert counts.max() < 570


def test_rotation_is_the_published_splitmix64() -> None:
    def mixed(number: int) -> int:
        number = (number + 0x9E3779B97F4A7C15) % 2**64
        number = (number ^ (number >> 30)) * 0xBF58476D1CE4E5B9 % 2**64
        number = (number ^ (number >> 27)) * 0x94D049BB133111EB % 2**64
        return number ^ (number >> 31)

    assert mixed(0) == 0xE220A8397B1DCDAF  # first output of the reference code for seed 0
    ids = np.array([1, 2, 2**62, -5])
    expected = [mixed(mixed(mixed(9) ^ 4) ^ (i % 2**64)) for i in ids.tolist()]
    assert rotation(9, 4, ids).tolist() == expected


@settings(max_examples=40, deadline=None)
@given(need=needs, pool=pools, share=st.integers(1, 99))
def test_weights_scale_their_parts(need: NeedProfile, pool: CandidatePool, share: int) -> None:
    ranking = rank(need, pool, method_of(category=share, freshness=100 - share))
    whole = rank(need, pool, method_of(category=100))
    values = dict(zip(whole.order.tolist(), whole.total.tolist(), strict=True))
    expected = [values[row] * share / 100 for row in ranking.order.tolist()]
    assert ranking.points[:, 0].tolist() == pytest.approx(expected, abs=1e-8)


def test_callers_filter_comes_with_its_own_reason() -> None:
    free = np.array([True, False, True])
    services = np.array([[True, True], [False, True], [False, True]])
    filters = (Filter("permit", lambda _need, _pool: free), *HARD_FILTERS)
    ranking = rank(need_of(), pool_of(3, services=services), FULL, filters)
    assert [reason_of(ranking, row) for row in range(3)] == [None, "permit", "service"]
    assert ranking.excluded_counts == {"permit": 1, "service": 1, "region": 0, "capacity": 0}


@pytest.mark.parametrize("mask", [np.ones(2, dtype=np.bool_), np.ones(3), np.ones((3, 1), bool)])
def test_filter_without_one_bool_per_candidate_is_refused(mask: Any) -> None:
    with pytest.raises(ValueError, match="filters: 'capacity' must give one bool"):
        rank(need_of(), pool_of(3), FULL, [Filter("capacity", lambda _need, _pool: mask)])


def test_filter_codes_must_differ() -> None:
    with pytest.raises(ValueError, match="filters: 'service' twice"):
        rank(need_of(), pool_of(3), FULL, [HARD_FILTERS[0], HARD_FILTERS[0]])


def test_empty_pool_gives_an_empty_ranking() -> None:
    ranking = rank(need_of(), pool_of(0), FULL)
    assert ranking.order.shape == (0,)
    assert ranking.points.shape == (0, 6)
    assert ranking.excluded_counts == {"service": 0, "region": 0, "capacity": 0}
