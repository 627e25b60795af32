"""Reputation: bounds, directions, small samples, age."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaking.engine import reputation as engine
from matchmaking.engine.reputation import Day, Promoted, decay, rate_creator, rate_product

counts = st.integers(0, 400)


@st.composite
def days(draw):
    delivered = draw(counts)
    return Day(
        age=draw(st.integers(0, 100)),
        delivered=delivered,
        good_reviews=draw(counts),
        bad_reviews=draw(counts),
        quality_returns=draw(st.integers(0, delivered)),
        late=draw(st.integers(0, delivered)),
        complaints=draw(counts),
    )


many = st.lists(days(), min_size=1, max_size=12)


def test_weights_are_one_together():
    assert sum(engine.WEIGHTS.values()) == pytest.approx(1)
    assert set(engine.PARTS_OF) == set(engine.WEIGHTS)


def test_half_life_is_45_days_and_nothing_counts_behind_the_window():
    assert decay(0) == 1
    assert decay(45) == 0.5
    assert decay(89) > 0
    assert decay(90) == decay(-1) == 0


def test_fewer_than_thirty_orders_are_not_rated():
    assert rate_product([Day(0, 29, good_reviews=29)]).score is None
    assert rate_product([Day(0, 29), Day(95, 400)]).score is None
    assert rate_product([Day(0, 15), Day(89, 15)]).score is not None
    assert rate_product([]).score is None


def test_computed_by_hand():
    """100 delivered, 40 good and 10 bad reviews, 5 returns, 8 late, 2 complaints, today."""
    rating = rate_product([Day(0, 100, 40, 10, 5, 8, 2)], conduct=5.0)
    bad = (10 + 20 * 0.05) / (50 + 20)
    returns = (5 + 20 * 0.02) / 120
    late, complaints = (8 + 20 * 0.04) / 120, (2 + 20 * 0.01) / 120
    expected = (
        0.25 * (4 * (0.30 - bad) / 0.25)
        + 0.25 * (4 * (0.12 - returns) / 0.10)
        + 0.2 * (4 * (0.25 - late) / 0.21)
        + 0.2 * (4 * (0.08 - complaints) / 0.07)
        + 0.1 * 5
    )
    assert rating.score == pytest.approx(expected, abs=0.005)
    assert rating.delivered == 100


@given(many, st.floats(0, 5))
def test_score_and_parts_stay_within_bounds(facts, conduct):
    rating = rate_product(facts, conduct)
    assert rating.score is None or 0 <= rating.score <= 5
    assert all(0 <= part.score <= 5 for part in rating.parts)


@given(many, st.sampled_from(["bad_reviews", "quality_returns", "late", "complaints"]))
def test_more_of_a_bad_thing_never_raises_a_score(facts, name):
    first = facts[0]
    worse = {field: getattr(first, field) for field in first.__dataclass_fields__}
    worse[name] += 1
    if worse["late"] > worse["delivered"] or worse["quality_returns"] > worse["delivered"]:
        return
    before, after = rate_product(facts), rate_product([Day(**worse), *facts[1:]])
    assert (before.score is None) == (after.score is None)
    assert before.score is None or after.score <= before.score


@given(many)
def test_good_review_never_lowers_a_score(facts):
    first = facts[0]
    better = {field: getattr(first, field) for field in first.__dataclass_fields__}
    better["good_reviews"] += 1
    before, after = rate_product(facts), rate_product([Day(**better), *facts[1:]])
    assert before.score is None or after.score >= before.score


@given(many)
def test_order_of_days_does_not_matter(facts):
    assert rate_product(facts) == rate_product(facts[::-1])


@given(st.lists(many, min_size=1, max_size=5))
def test_many_at_once_are_rated_as_one_by_one(all_facts):
    owners = np.array([i for i, facts in enumerate(all_facts) for _ in facts])
    flat = [day for facts in all_facts for day in facts]
    ages = np.array([day.age for day in flat], dtype=np.float64)
    names = ("delivered", "good_reviews", "bad_reviews", "quality_returns", "late", "complaints")
    table = np.array([[getattr(day, name) for name in names] for day in flat], dtype=np.float64)
    conduct = np.full(len(all_facts), 4.0)
    together = engine.rate_products(owners, ages, table, conduct)
    assert together == [rate_product(facts, 4.0) for facts in all_facts]


def test_creator_inherits_seventy_percent_of_its_goods():
    rating = rate_creator([Promoted(4.0, 20, 20.0), Promoted(2.0, 20, 20.0)], conduct=5.0)
    assert rating.goods == 3.0
    assert rating.score == pytest.approx(0.7 * 3 + 0.3 * 5)


def test_goods_that_are_not_rated_say_nothing():
    assert rate_creator([Promoted(None, 500, 500.0)]).score is None
    assert rate_creator([Promoted(4.0, 29, 20.0)]).score is None
    assert rate_creator([]).score is None


def test_points_of_violations_take_from_conduct():
    assert engine.conduct_score(0) == 5
    assert engine.conduct_score(10) == 3
    assert engine.conduct_score(100) == 0
