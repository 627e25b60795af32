"""Newcomers' places: nobody loses by them but a place, and all get their turn."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaking.engine.fairness import gini
from matchmaking.engine.ranking import Newcomers, RankingMethod, place_newcomers, rank

from .market import GRID, TODAY, need_of, pool_of
from .test_ranking_order import FULL, needs, pools, taken

EVERY = 3
PLACES = Newcomers(every=EVERY, verified_within_days=180, fewer_awards_than=3)
METHOD = RankingMethod(FULL.version, FULL.parts, 30, 24, GRID, PLACES)


def mask_of(pool: Any, seed: int) -> Any:
    """Newcomers by id, so that the order of the input does not matter."""
    return np.array([(int(i) * 7 + seed) % 3 == 0 for i in pool.ids], dtype=np.bool_)


@settings(max_examples=100, deadline=None)
@given(
    newcomers=st.lists(st.booleans(), max_size=60),
    every=st.integers(2, 12),
    seed=st.integers(0, 10**6),
)
def test_marked_places_go_to_newcomers_and_the_rest_is_organic(
    newcomers: list[bool], every: int, seed: int
) -> None:
    mask = np.array(newcomers, dtype=np.bool_)
    turns = np.random.default_rng(seed).permutation(len(mask)).astype(np.uint64)
    positions, marked = place_newcomers(mask, turns, every)
    assert sorted(positions.tolist()) == list(range(len(mask))), "each once"
    organic = positions[~marked]
    assert (np.diff(organic) > 0).all(), "the others keep their order"
    assert mask[positions[marked]].all()
    assert all((place + 1) % every == 0 for place in np.flatnonzero(marked).tolist())
    above = np.cumsum(marked)
    assert (np.arange(len(mask)) - positions <= above).all(), "one place lost by each at most"
    left = [place for place in range(every - 1, len(mask), every) if not marked[place]]
    if left:  # an organic place where a newcomer's would be: none was left below it
        assert not mask[positions[left[0] :]].any()


@settings(max_examples=60, deadline=None)
@given(need=needs, pool=pools, seed=st.integers(0, 2))
def test_places_change_neither_filters_nor_points_nor_the_organic_order(
    need: Any, pool: Any, seed: int
) -> None:
    organic, placed = (
        rank(need, pool, METHOD),
        rank(need, pool, METHOD, newcomers=mask_of(pool, seed)),
    )
    assert not organic.newcomer_place.any()
    assert sorted(placed.order.tolist()) == sorted(organic.order.tolist())
    shown = placed.order[~placed.newcomer_place].tolist()
    assert shown == [row for row in organic.order.tolist() if row in set(shown)]
    totals = dict(zip(organic.order.tolist(), organic.total.tolist(), strict=True))
    assert [totals[row] for row in placed.order.tolist()] == placed.total.tolist()
    assert placed.total == pytest.approx(placed.points.sum(axis=1))
    unmarked = placed.total[~placed.newcomer_place]
    assert (np.diff(unmarked) <= 0).all(), "dominance within the organic list"


@settings(max_examples=60, deadline=None)
@given(need=needs, pool=pools, seed=st.integers(0, 10**6))
def test_order_of_input_is_irrelevant_to_the_places(need: Any, pool: Any, seed: int) -> None:
    shuffled = taken(pool, np.random.default_rng(seed).permutation(len(pool.ids)))
    first = rank(need, pool, METHOD, newcomers=mask_of(pool, 1))
    second = rank(need, shuffled, METHOD, newcomers=mask_of(shuffled, 1))
    assert pool.ids[first.order].tolist() == shuffled.ids[second.order].tolist()
    assert first.newcomer_place.tolist() == second.newcomer_place.tolist()


def test_every_newcomer_gets_its_turn() -> None:
    pool = pool_of(12, updated_day=TODAY - np.arange(12) * 40)
    mask = np.arange(12) >= 8
    first = [
        int(ranking.order[EVERY - 1])
        for day in range(400)
        if (ranking := rank(need_of(today=TODAY + day), pool, METHOD, newcomers=mask)) is not None
    ]
    counts = np.bincount(first, minlength=12)
    assert counts[:8].sum() == 0
    assert counts[8:].min() > 65  # 100 ± 4 standard deviations


def test_mask_without_one_bool_per_candidate_is_refused() -> None:
    with pytest.raises(ValueError, match="newcomers must give one bool"):
        rank(need_of(), pool_of(3), METHOD, newcomers=np.ones(2, dtype=np.bool_))


@pytest.mark.parametrize("field", ["every", "verified_within_days", "fewer_awards_than"])
def test_places_out_of_range_are_refused(field: str) -> None:
    values = {"every": 10, "verified_within_days": 180, "fewer_awards_than": 3} | {field: 0}
    with pytest.raises(ValueError, match=f"newcomers.{field}: must be at least"):
        Newcomers(**values)


# --- how evenly --------------------------------------------------------------------------------


def test_gini_by_hand() -> None:
    assert gini([]) is None
    assert gini([0, 0]) is None
    assert gini([5, 5, 5]) == pytest.approx(0)
    assert gini([0, 0, 0, 8]) == pytest.approx(0.75)
    assert gini([1, 3]) == pytest.approx(0.25)
    with pytest.raises(ValueError, match="below 0"):
        gini([1, -1])


@settings(max_examples=100, deadline=None)
@given(counts=st.lists(st.integers(0, 10**6), min_size=1, max_size=50), factor=st.integers(1, 1000))
def test_gini_is_the_mean_difference_over_twice_the_mean(counts: list[int], factor: int) -> None:
    found = gini(counts)
    if not sum(counts):
        assert found is None
        return
    array = np.array(counts, dtype=np.float64)
    expected = np.abs(array[:, None] - array[None, :]).mean() / (2 * array.mean())
    assert found == pytest.approx(expected, abs=1e-9)
    assert gini([c * factor for c in counts]) == pytest.approx(found, abs=1e-9)
