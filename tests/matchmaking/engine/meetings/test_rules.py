"""Musts, halls with ways between them, and fairness."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matchmaking.engine.meetings import (
    BrokenRule,
    Clash,
    Meeting,
    check_plan,
    parse_fair,
    plan,
)
from matchmaking.engine.meetings.checking import hall_of

from .fairs import best_of, document, documents, met, planned

CALM = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])


# --- musts ----------------------------------------------------------------------------------------


def with_musts(fair: dict[str, Any], *at: int) -> dict[str, Any]:
    pairs = [
        one | ({"must": True} if place in at else {}) for place, one in enumerate(fair["pairs"])
    ]
    return fair | {"pairs": pairs}


def test_a_must_comes_before_minimums_and_value():
    pairs = {("A", "x"): 0, ("A", "y"): 9, ("B", "x"): 9}
    more = {
        "right": [{"id": "x", "max": 1}, {"id": "y"}],
        "left": [{"id": "A", "max": 1}, {"id": "B", "min": 1}],
    }
    fair, found = planned(with_musts(document(pairs, **more), 0))

    assert met(fair, found).keys() == {("A", "x")}
    assert [one.id for one in found.unmet] == ["B"]


def test_musts_without_slots_for_all_are_named():
    """Each two have a slot in common, but three need three and only two slots are left to them."""
    ids = [{"id": one, "unavailable": [2]} for one in "ABC"]
    pairs = {("A", "x"): 1, ("B", "x"): 1, ("C", "x"): 1, ("C", "y"): 1}
    fair = with_musts(document(pairs, slots=3, left=ids), 0, 1, 2)

    with pytest.raises(Clash) as error:
        planned(fair)
    assert [one.path for one in error.value.faults] == [f"$.pairs[{at}].must" for at in range(3)]
    assert "“C” and “x”" in str(error.value)


@given(documents(), st.sets(st.integers(0, 11), min_size=1, max_size=4))
@CALM
def test_musts_are_met_or_proved_impossible(fair, musts):
    fair = with_musts(fair, *musts)
    best = best_of(parse_fair(fair))
    try:
        read, found = planned(fair)
    except Clash:
        assert best is None
        return

    assert best is not None
    assert set(zip(read.pair_left[read.musts], read.pair_right[read.musts], strict=True)) <= {
        (one.left, one.right) for one in found.meetings
    }
    assert found.shortfall_bound <= best.short


# --- halls ----------------------------------------------------------------------------------------

HALLS = [{"id": "east", "tables": 1, "gap": 1}, {"id": "west", "tables": 1, "gap": 2}]


def test_halls_replace_tables_and_are_numbered_through():
    pairs = {(f"A{at}", f"x{at}"): 1 for at in range(4)}
    halls = [{"id": "a", "tables": 2}, {"id": "b", "tables": 2}]
    _, found = planned(document(pairs, slots=1, tables=None, halls=halls))

    assert [one.table for one in found.meetings] == [0, 1, 2, 3]


def test_who_changes_halls_needs_the_larger_gap():
    """A and B, both with x and y: four meetings of two tables fill two slots, each in its hall; but
    then each of x and y would have to change within no time."""
    pairs = {(a, b): 1 for a in "AB" for b in "xy"}
    for slots, most in ((2, 2), (3, 3), (4, 4)):
        fair, found = planned(document(pairs, slots=slots, halls=HALLS))
        assert len(found.meetings) == most
        assert found.upper_bound == 4
        check_plan(fair, found.meetings)


def test_fixed_meetings_without_time_for_the_way_are_named():
    fixed = [{"left": "A", "right": "x", "slot": 0}, {"left": "B", "right": "y", "slot": 0}]
    fixed += [{"left": "A", "right": "y", "slot": 1}]
    fair = document({("A", "x"): 1, ("B", "y"): 1}, halls=HALLS, fixed=fixed)

    with pytest.raises(Clash) as error:
        planned(fair)
    assert {one.path for one in error.value.faults} <= {f"$.fixed[{at}]" for at in range(3)}


@given(documents(), st.integers(0, 2), st.integers(1, 3))
@CALM
def test_ways_between_halls_are_kept(fair, gap, tables):
    fair["halls"] = [{"id": 1, "tables": tables, "gap": gap}, {"id": 2, "tables": 1, "gap": 1}]
    try:
        read, found = planned(fair)
    except Clash:
        return
    ways: dict[object, list[tuple[int, object]]] = {}
    for one in found.meetings:
        for party in (("left", one.left), ("right", one.right)):
            ways.setdefault(party, []).append((one.slot, hall_of(read, one.table).id))
    for way in ways.values():
        for (slot, hall), (later, other) in pairwise(sorted(way)):
            assert hall == other or later - slot > max(gap, 1)


# --- fairness -------------------------------------------------------------------------------------


def test_everybody_has_k_before_anybody_has_more():
    """The two best pairs would be A's; fairness gives B one of them."""
    pairs = {("A", "x"): 9, ("A", "y"): 9, ("B", "x"): 1, ("B", "y"): 1}
    right = [{"id": "x", "max": 1}, {"id": "y", "max": 1}]
    fair = document(pairs, right=right)
    assert planned(fair)[1].value == 18

    _, found = planned(fair | {"fairness": {"k": 1, "spread": 1}})
    assert (found.value, found.upper_bound) == (10, 10)


def test_where_somebody_stays_short_nobody_has_k_and_spread():
    """Six others want two meetings each with A and B, who have time for two: somebody is short."""
    pairs = {(a, f"x{at}"): 1 for a in "AB" for at in range(3)}
    pairs |= {("C", f"y{at}"): 9 for at in range(5)}
    fair = document(pairs, slots=2, fairness={"k": 2, "spread": 1})
    _, found = planned(
        fair | {"slots": 6, "left": [{"id": "A", "max": 2}, {"id": "B", "max": 2}, {"id": "C"}]}
    )

    counts = Counter(one.left for one in found.meetings)
    assert counts[2] == 2  # of five it could have: k + spread is three
    assert found.upper_bound == found.value


@given(documents(), st.integers(0, 3), st.integers(1, 2))
@CALM
def test_fairness_holds(fair, k, spread):
    try:
        planned(fair | {"fairness": {"k": k, "spread": spread}})  # checked before it is returned
    except Clash:
        return


# --- the checker ----------------------------------------------------------------------------------


@pytest.fixture
def fair():
    pairs = {(a, b): 1 for a in "AB" for b in "xy"}
    more: dict[str, Any] = {
        "left": [{"id": "A", "max": 1}, {"id": "B", "unavailable": [1]}],
        "breaks": [3],
        "fixed": [{"left": "B", "right": "x", "slot": 0}],
        "forbidden": [{"left": "B", "right": "y"}],
        "fairness": {"k": 1, "spread": 1},
    }
    return parse_fair(with_musts(document(pairs, slots=4, tables=2, **more), 1))


GOOD = [Meeting(1, 0, 0, 0), Meeting(0, 1, 1, 0)]


def test_the_checker_takes_a_good_plan(fair):
    check_plan(fair, GOOD)
    check_plan(fair, plan(fair).meetings)


@pytest.mark.parametrize(
    ("meetings", "reason"),
    [
        (GOOD[:1], "must (0, 1) is missing"),
        (GOOD[1:], "fixed (1, 0, 0) is missing"),
        ([*GOOD, Meeting(1, 1, 2, 0)], "(1, 1) may not meet"),
        ([*GOOD, Meeting(0, 1, 2, 0)], "(0, 1) meets 2 times"),
        ([*GOOD, Meeting(0, 0, 2, 0)], "left 0 has 2 meetings"),
        ([GOOD[0], Meeting(0, 1, 0, 0)], "table 0 in slot 0 has 2 meetings"),
        ([GOOD[0], Meeting(0, 1, 0, 2)], "there is no table 2"),
        ([GOOD[0], Meeting(0, 1, 3, 0)], "slot 3 is not open"),
        ([*GOOD, Meeting(1, 1, 1, 1)], "left 1 is unavailable in slot 1"),
        ([*GOOD, Meeting(1, 1, 0, 1)], "left 1 is in 2 places in slot 0"),
    ],
)
def test_the_checker_refuses(fair, meetings, reason):
    with pytest.raises(BrokenRule) as error:
        check_plan(fair, meetings)
    assert reason in str(error.value).splitlines()


def test_the_checker_refuses_many_where_somebody_has_none(fair):
    alone = replace(fair, musts=fair.musts & False, fixed=())
    with pytest.raises(BrokenRule, match="others not yet 1"):
        check_plan(replace(alone, fairness=(1, 0)), [Meeting(0, 0, 0, 0)])
