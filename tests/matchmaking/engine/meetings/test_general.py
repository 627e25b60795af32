"""With absence and fixed meetings: every rule kept, the bounds proven, and near them."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from matchmaking.engine.meetings import Clash

from .fairs import best_of, document, documents, met, planned, shortfall

CALM = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def test_a_pair_meets_when_both_are_there():
    pairs = {("A", "x"): 1}
    more = {
        "left": [{"id": "A", "unavailable": [0, 2]}],
        "right": [{"id": "x", "unavailable": [1]}],
    }
    fair, found = planned(document(pairs, slots=4, **more))

    assert met(fair, found) == {("A", "x"): 3}


def test_fixed_meetings_stand_whether_listed_or_not():
    pairs = {("A", "x"): 7, ("A", "y"): 2, ("B", "x"): 3}
    fixed = [{"left": "A", "right": "x", "slot": 1}, {"left": "B", "right": "y", "slot": 1}]
    fair, found = planned(document(pairs, slots=2, fixed=fixed))

    assert met(fair, found) == {
        ("A", "x"): 1,
        ("B", "y"): 1,
        ("A", "y"): 0,
        ("B", "x"): 0,
    }
    assert (found.value, found.upper_bound) == (12, 12)  # 7 + 0 + 2 + 3


def test_fixed_meetings_count_for_minimum_and_maximum():
    pairs = {("A", "x"): 1, ("A", "y"): 1, ("A", "z"): 1}
    more = {
        "left": [{"id": "A", "min": 2, "max": 2}],
        "fixed": [{"left": "A", "right": "z", "slot": 0}],
    }
    _, found = planned(document(pairs, slots=3, **more))

    assert len(found.meetings) == 2
    assert found.unmet == ()


def test_meetings_change_places_to_make_room():
    """x can only meet in slot 0, where A would meet y first."""
    pairs = {("A", "y"): 9, ("A", "x"): 1, ("B", "y"): 5}
    right = [{"id": "y"}, {"id": "x", "unavailable": [1]}]
    fair, found = planned(document(pairs, slots=2, right=right))

    assert met(fair, found) == {("A", "x"): 0, ("A", "y"): 1, ("B", "y"): 0}


@given(documents())
@CALM
def test_bounds_hold_for_every_plan(fair):
    try:
        read, found = planned(fair)
    except Clash:
        return
    best = best_of(read)
    reached = shortfall(read, found)

    assert best is not None
    assert found.shortfall_bound <= best.short <= reached
    highest = best_of(read, short=reached)
    assert highest is not None
    assert found.value <= highest.value <= found.upper_bound
    assert sum(one.wanted - one.got for one in found.unmet) == reached


@given(documents())
@CALM
def test_the_same_fair_gives_the_same_plan(fair):
    try:
        first = planned(fair)[1]
    except Clash:
        return

    assert planned(fair)[1] == first
