"""Stars by their rules: plain Python, without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.tiers.engine import (
    MOST_STARS,
    Before,
    Faulty,
    Inputs,
    Measure,
    Movement,
    Quarter,
    Rung,
    StarRules,
    judge,
    needs_for,
    parse_quarter,
    quarter_of,
    reach,
)

RULES = StarRules(
    90,
    (
        Rung(1, 5, 50_000_000, 6_000),
        Rung(2, 15, 200_000_000, 6_500),
        Rung(3, 40, 800_000_000, 7_000),
        Rung(4, 100, 3_000_000_000, 7_500),
        Rung(5, 250, 10_000_000_000, 8_000),
    ),
)
LARGE = Inputs(creators=300, net_fen=20_000_000_000, health=9_000, days=1_000)
sizes = st.integers(0, 300)
inputs = st.builds(
    Inputs,
    creators=sizes,
    net_fen=st.integers(0, 15_000_000_000),
    health=st.none() | st.integers(0, 10_000),
    days=st.integers(0, 200),
    has_violation=st.booleans(),
)
befores = st.builds(Before, st.integers(0, 5), st.booleans())


@st.composite
def tables(draw):
    rungs = []
    for name in ("creators", "net_fen", "health"):
        most = {"creators": 300, "net_fen": 15_000_000_000, "health": 10_000}[name]
        floors = draw(st.lists(st.integers(0, most), min_size=5, max_size=5))
        rungs.append(sorted(floors))
    rows = zip(range(1, 6), *rungs, strict=True)
    return StarRules(draw(st.integers(0, 120)), tuple(Rung(*row) for row in rows))


def only(**changes):
    return replace(Inputs(creators=20, net_fen=250_000_000, health=6_600, days=400), **changes)


@pytest.mark.parametrize(
    ("given_", "stars"),
    [
        (only(), 2),
        (only(creators=14), 1),
        (only(creators=4), 0),
        (only(net_fen=199_999_999), 1),
        (only(health=6_499), 1),
        (only(health=5_999), 0),
        (only(days=89), 0),
        (LARGE, 5),
    ],
)
def test_every_floor_must_be_passed(given_, stars):
    assert reach(RULES, given_, Before()) == stars


def test_one_star_up_for_who_applied_only():
    judged = judge(RULES, LARGE, Before(1), has_applied=True)
    assert (judged.reached, judged.result, judged.movement) == (5, 2, Movement.RISE)
    judged = judge(RULES, LARGE, Before(1), has_applied=False)
    assert (judged.result, judged.movement, judged.may_rise) == (1, Movement.KEEP, True)


def test_down_after_a_quarter_of_grace_and_two_only_with_a_violation():
    poor = only(creators=6)
    first = judge(RULES, poor, Before(4), has_applied=False)
    assert (first.result, first.movement) == (4, Movement.GRACE)
    second = judge(RULES, poor, Before(4, is_in_grace=True), has_applied=False)
    assert (second.result, second.movement) == (3, Movement.FALL)
    guilty = replace(poor, has_violation=True)
    worse = judge(RULES, guilty, Before(4, is_in_grace=True), has_applied=False)
    assert worse.result == 2
    near = judge(RULES, guilty, Before(2, is_in_grace=True), has_applied=False)
    assert near.result == 1  # never below what is reached


def test_unknown_health_keeps_what_is_held_and_wins_nothing():
    unknown = replace(LARGE, health=None)
    assert reach(RULES, unknown, Before(3)) == 3
    judged = judge(RULES, unknown, Before(3), has_applied=True)
    assert (judged.result, judged.movement) == (3, Movement.KEEP)


def test_what_is_missing_is_said_in_its_own_unit():
    needs = {need.measure: need for need in needs_for(RULES, only(health=None), 3)}
    assert (needs[Measure.CREATORS].missing, needs[Measure.CREATORS].percent) == (20, 50)
    assert needs[Measure.NET].missing == 550_000_000
    assert (needs[Measure.HEALTH].is_met, needs[Measure.HEALTH].missing) == (False, 7_000)
    assert needs[Measure.DAYS].is_met
    assert needs_for(RULES, LARGE, MOST_STARS + 1) == ()


@given(tables(), inputs, inputs, befores, st.booleans())
def test_better_numbers_never_hold_fewer_stars(rules, one, other, before, has_applied):
    better = Inputs(
        creators=max(one.creators, other.creators),
        net_fen=max(one.net_fen, other.net_fen),
        health=None if one.health is None else max(one.health, other.health or 0),
        days=max(one.days, other.days),
        has_violation=one.has_violation and other.has_violation,
    )
    less, more = (judge(rules, i, before, has_applied=has_applied) for i in (one, better))
    assert less.reached <= more.reached
    assert less.result <= more.result


@given(tables(), inputs, befores, st.booleans())
def test_steps_are_small_and_falls_have_their_grace(rules, given_, before, has_applied):
    judged = judge(rules, given_, before, has_applied=has_applied)
    assert 0 <= judged.result <= min(before.stars + 1, MOST_STARS)
    assert judged.result >= before.stars - (2 if given_.has_violation else 1)
    assert judged.result <= before.stars or (has_applied and judged.movement == Movement.RISE)
    if judged.result < before.stars:
        assert before.is_in_grace
        assert judged.result >= judged.reached
    if not before.is_in_grace:
        assert judged.result >= before.stars


@given(tables(), st.lists(inputs, min_size=1, max_size=8), befores)
def test_quarters_one_after_another_never_lose_two_in_a_row(rules, quarters, before):
    """Each step down has a grace of its own."""
    fell = False
    for given_ in quarters:
        judged = judge(rules, given_, before, has_applied=True)
        assert not (fell and judged.movement == Movement.FALL)
        fell = judged.movement == Movement.FALL
        before = Before(judged.result, judged.movement == Movement.GRACE)


@given(tables(), inputs, st.integers(1, 5))
def test_a_star_is_reached_when_nothing_is_missing(rules, given_, stars):
    if given_.health is not None:
        missing = [need for need in needs_for(rules, given_, stars) if not need.is_met]
        assert (reach(rules, given_, Before()) >= stars) == (not missing)


def test_rules_ask_no_less_of_a_higher_star():
    with pytest.raises(Faulty) as caught:
        StarRules(90, (Rung(1, 5, 0, 0), Rung(2, 4, 0, 0)))
    assert caught.value.field == "creators_2"


def test_quarters_follow_each_other():
    assert (Quarter(2026, 4).next(), Quarter(2026, 1).previous()) == (
        Quarter(2027, 1),
        Quarter(2025, 4),
    )
    assert quarter_of(date(2026, 11, 23)) == parse_quarter("2026Q4") == Quarter(2026, 4)
    assert (Quarter(2028, 1).first_day, Quarter(2028, 1).last_day) == (
        date(2028, 1, 1),
        date(2028, 3, 31),
    )
    assert parse_quarter("2026Q5") is None
