"""Where only caps bind a plan is the best there is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matchmaking.engine.meetings import check_plan, parse_fair, plan
from matchmaking.engine.meetings.colouring import colour

from .fairs import best_of, document, documents, met, planned, shortfall

CALM = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def test_takes_the_most_valuable_pairs():
    pairs = {("A", "x"): 5, ("A", "y"): 4, ("B", "x"): 4, ("B", "y"): 1}
    fair, found = planned(document(pairs, slots=1))

    assert met(fair, found) == {("A", "y"): 0, ("B", "x"): 0}  # 8, and 6 the other way
    assert (found.value, found.upper_bound, found.gap) == (8, 8, 0)


def test_the_most_valuable_set_need_not_be_the_largest():
    pairs = {("A", "x"): 9, ("A", "y"): 2, ("B", "x"): 2}
    fair, found = planned(document(pairs, slots=1))

    assert met(fair, found) == {("A", "x"): 0}


def test_tables_never_cost_a_meeting():
    """Six meetings of two slots on three tables: colours alone may come as 4 and 2."""
    pairs = {(f"A{at}", f"x{at}"): 1 for at in range(6)}
    _, found = planned(document(pairs, slots=2, tables=3))

    assert len(found.meetings) == 6
    assert np.bincount([one.slot for one in found.meetings]).tolist() == [3, 3]


def test_a_minimum_comes_before_value_and_what_is_short_is_named():
    pairs = {("A", "x"): 9, ("B", "x"): 1}
    more = {
        "left": [{"id": "A", "min": 1}, {"id": "B", "min": 1}],
        "right": [{"id": "x", "max": 1}],
    }
    fair, found = planned(document(pairs, slots=3, **more))

    assert met(fair, found) == {("A", "x"): 0}
    assert found.shortfall_bound == 1
    assert [one[:3] for one in found.unmet] == [("B", 1, 0)]
    assert "no plan falls short of fewer" in found.unmet[0].reason

    more["left"][0].pop("min")
    fair, found = planned(document(pairs, slots=3, **more))
    assert met(fair, found) == {("B", "x"): 0}
    assert (found.value, found.upper_bound, found.unmet) == (1, 1, ())


@pytest.mark.parametrize(
    ("slots", "breaks", "reason"),
    [
        (2, [0], "It has time in 1 slot only."),
        (9, [], "No more than 1 of the pairs listed with it can meet."),
    ],
)
def test_reasons_of_a_party_alone(slots, breaks, reason):
    pairs = {("A", "x"): 1}
    more = {"left": [{"id": "A", "min": 2}], "breaks": breaks}
    _, found = planned(document(pairs, slots=slots, **more))

    assert [(one.wanted, one.got, one.reason) for one in found.unmet] == [(2, 1, reason)]


def test_nobody_meets_in_a_break_or_when_forbidden():
    pairs = {("A", "x"): 1, ("A", "y"): 9}
    more = {"breaks": [0, 2], "forbidden": [{"left": "A", "right": "y"}]}
    fair, found = planned(document(pairs, slots=4, **more))

    assert met(fair, found) in ({("A", "x"): 1}, {("A", "x"): 3})


@pytest.mark.parametrize("nothing", [{"slots": 0}, {"tables": 0}, {"breaks": [0, 1]}])
def test_a_fair_without_room_has_an_empty_plan(nothing):
    _, found = planned(document({("A", "x"): 1}) | nothing)

    assert (found.meetings, found.value, found.upper_bound, found.gap) == ((), 0, 0, 0)


def test_decimals_are_summed_exactly():
    pairs = {(f"A{at}", f"x{at}"): 0.1 for at in range(3)}
    _, found = planned(document(pairs))

    assert (found.value, found.upper_bound) == (0.3, 0.3)  # 0.1 + 0.1 + 0.1 is more, in floats


def test_values_that_must_be_rounded_still_have_a_proven_bound():
    pairs = {(f"A{at}", f"x{at}"): 1 / (at + 3) for at in range(5)}
    _, found = planned(document(pairs))

    assert len(found.meetings) == 5
    assert found.value == pytest.approx(sum(pairs.values()))
    assert found.value <= found.upper_bound <= found.value * (1 + 1e-9)


def test_gini_is_that_of_each_group():
    pairs = {("A", "x"): 1, ("A", "y"): 1, ("B", "x"): 0}
    left = [{"id": "A", "group": "大"}, {"id": "B", "group": "大"}]
    _, found = planned(document(pairs, left=left, right=[{"id": "x", "max": 1}, {"id": "y"}]))

    assert found.gini == {"大": 0.5}
    assert planned(document(pairs))[1].gini is None


# --- against trying everything --------------------------------------------------------------------


@given(documents(only_caps=True, decimals=True))
@CALM
def test_no_plan_is_better(fair):
    read, found = planned(fair)
    best = best_of(read)

    assert best is not None
    assert shortfall(read, found) == best.short == found.shortfall_bound
    assert found.value == best.value == found.upper_bound


@given(documents(only_caps=True), st.integers(1, 3))
@CALM
def test_one_more_table_never_lowers_the_value_of_the_same_shortfall(fair, more):
    read, found = planned(fair)
    larger, better = planned(fair | {"tables": fair["tables"] + more})

    assert shortfall(larger, better) <= shortfall(read, found)
    if shortfall(larger, better) == shortfall(read, found):
        assert better.value >= found.value


@given(documents(only_caps=True))
@CALM
def test_the_order_of_the_file_does_not_matter(fair):
    turned = {key: value[::-1] if isinstance(value, list) else value for key, value in fair.items()}
    plans = [planned(one)[1] for one in (fair, turned)]

    assert plans[0].value == plans[1].value
    assert plans[0].shortfall_bound == plans[1].shortfall_bound


# --- colours --------------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), unique=True))
@CALM
def test_colours_are_proper_and_even(pairs):
    ends = np.array(pairs, np.int64).reshape(-1, 2)
    busiest = max((np.bincount(ends[:, end]).max() for end in (0, 1) if len(ends)), default=1)
    found = colour(ends[:, 0], ends[:, 1], (8, 8), int(busiest)).tolist()

    for end in (0, 1):
        at = [(int(party), one) for party, one in zip(ends[:, end], found, strict=True)]
        assert len(set(at)) == len(at)
    sizes = np.bincount(np.array(found, np.int64), minlength=busiest)
    assert sizes.max() - sizes.min() <= 1


def test_a_day_of_three_hundred_parties_holds_every_rule():
    random = np.random.default_rng(5)
    pairs = {
        (f"A{at // 200}", f"x{at % 200}"): int(random.integers(1, 100))
        for at in random.permutation(20_000)[:4_000].tolist()
    }
    fair = parse_fair(document(pairs, slots=8, tables=60))
    found = plan(fair)

    check_plan(fair, found.meetings)
    assert len(found.meetings) == 8 * 60
    assert found.gap == 0
