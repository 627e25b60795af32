"""Followers, rosters and prices of goods: hard conditions that are never broken, and a part."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaking.engine.ranking import AGENCY_FILTERS, CREATOR_FILTERS, gaps, rank
from matchmaking.engine.ranking.parts import goods_overlap

from .market import method_of, need_of, pool_of

NAN = float("nan")
METHOD = method_of(category=50, goods=50)
NUMBERS = st.lists(st.one_of(st.just(NAN), st.integers(0, 10**7)), min_size=1, max_size=12)


def column(values) -> np.ndarray:
    return np.array(values, dtype=np.float64)


@settings(deadline=None)
@given(st.data(), NUMBERS, st.integers(0, 10**7), st.integers(0, 10**6))
def test_nobody_known_to_be_smaller_is_ever_listed(data, followers, least, shopping_least):
    n = len(followers)
    shopping = data.draw(
        st.lists(st.one_of(st.just(NAN), st.integers(0, 10**6)), min_size=n, max_size=n)
    )
    pool = pool_of(n, reach=column(followers), shopping=column(shopping))
    need = need_of(followers_least=least, shopping_least=shopping_least)
    ranking = rank(need, pool, METHOD, CREATOR_FILTERS)
    listed = set(ranking.order.tolist())
    for row in range(n):
        is_below = followers[row] < least or shopping[row] < shopping_least
        assert (row not in listed) == is_below, "unknown is never below"


@settings(deadline=None)
@given(st.lists(st.integers(0, 400), min_size=1, max_size=12), st.integers(0, 400))
def test_no_agency_with_fewer_creators_is_ever_listed(rosters, least):
    counts = column([[n, n / 2, 0, 0] for n in rosters])
    ranking = rank(
        need_of(roster_least=least), pool_of(len(rosters), rosters=counts), METHOD, AGENCY_FILTERS
    )
    assert sorted(ranking.order.tolist()) == [i for i, n in enumerate(rosters) if n >= least]
    assert ranking.excluded_counts["roster"] == sum(n < least for n in rosters)


@settings(deadline=None)
@given(
    st.lists(st.tuples(*[st.integers(0, 20)] * 3), min_size=1, max_size=12),
    st.integers(0, 30),
    st.integers(0, 1),
)
def test_no_agency_that_cannot_have_the_creators_wanted_is_ever_listed(rows, wanted, level):
    """known at the level, known below it, not known."""
    counts = column([[sum(row), row[0], 0, 0] for row in rows])
    pool = pool_of(len(rows), rosters=counts, unmeasured=column([row[2] for row in rows]))
    need = need_of(creators_wanted=wanted, level=level)
    ranking = rank(need, pool, METHOD, AGENCY_FILTERS)
    most = [row[0] + row[2] if level else sum(row) for row in rows]
    assert sorted(ranking.order.tolist()) == [i for i, n in enumerate(most) if n >= wanted]
    assert ranking.excluded_counts["creators"] == sum(n < wanted for n in most)


@pytest.mark.parametrize(
    ("sales", "overlap"),
    [
        ([0.0, 0.5, 0.5, 0.0, 0.0], 1.0),
        ([0.0, 1.0, 0.0, 0.0, 0.0], 0.5),
        ([1.0, 0.0, 0.0, 0.0, 0.0], 0.0),
        ([0.2, 0.2, 0.2, 0.2, 0.2], 0.4),
    ],
)
def test_overlap_of_goods_by_hand(sales, overlap):
    goods = column([0.0, 0.5, 0.5, 0.0, 0.0])
    assert goods_overlap(column([sales]), goods) == pytest.approx([overlap])


def test_unknown_goods_count_as_the_middle_and_never_as_nothing():
    sales = column([[1, 0, 0, 0, 0], [0.5, 0.5, 0, 0, 0], [0, 0, 0, 0, 1], [NAN] * 5])
    need = need_of(goods=column([1, 0, 0, 0, 0]))
    ranking = rank(need, pool_of(4, goods=sales), METHOD, CREATOR_FILTERS)
    points = dict(zip(ranking.order.tolist(), ranking.points[:, 1].tolist(), strict=True))
    assert points == pytest.approx({0: 50, 1: 25, 2: 0, 3: 25})
    assert not ranking.measured[ranking.order.tolist().index(3), 1]
    silent = rank(need_of(), pool_of(4, goods=sales), METHOD, CREATOR_FILTERS)
    assert "goods" in silent.unmeasured, "nobody named a price"


def test_gaps_say_what_is_not_known_and_who_cannot_bring_enough():
    pool = pool_of(2, reach=column([NAN, 5]), goods=column([[NAN] * 5, [1, 0, 0, 0, 0]]))
    need = need_of(followers_least=2, shopping_least=1, goods=column([1, 0, 0, 0, 0]))
    codes = [[gap.code for gap in gaps(need, pool, row, stale_after_days=9)] for row in (0, 1)]
    assert codes == [["followers", "shopping", "goods"], ["shopping"]]
    agencies = pool_of(2, rosters=column([[9, 4, 1, 0], [9, 9, 5, 0]]))
    wanted = need_of(creators_wanted=5, level=2)
    told = [gaps(wanted, agencies, row, stale_after_days=9) for row in (0, 1)]
    assert told == [[("creators", (1, 5))], []]


@pytest.mark.parametrize(
    "wrong",
    [
        {"followers_least": -1},
        {"roster_least": -1},
        {"level": -1},
        {"goods": column([0.5, 0.4])},
        {"goods": column([2.0, -1.0])},
    ],
)
def test_need_that_cannot_be_is_refused(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        need_of(**wrong)


def test_columns_must_be_those_of_the_pool():
    with pytest.raises(ValueError, match="level"):
        rank(need_of(level=4), pool_of(1, rosters=column([[1, 1, 1, 1]])), METHOD)
    with pytest.raises(ValueError, match="goods"):
        rank(need_of(goods=column([1.0])), pool_of(1, goods=column([[1.0, 0.0]])), METHOD)
