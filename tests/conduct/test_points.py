"""Points fade by half every 180 days, never grow, and end with the violation."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.conduct.models import Case
from portal.core import clock

START = datetime(2025, 3, 3, 4, tzinfo=UTC)
points = st.integers(1, 100)
days = st.integers(0, 3000)


def violation(weight: int, lapse_days: int = 4000, final_days: int = 0) -> Case:
    return Case(
        points=weight,
        confirmed_at=START,
        final_at=START + timedelta(days=final_days),
        lapses_on=clock.day_of(START) + timedelta(days=lapse_days),
    )


@given(points, days)
def test_points_halve_every_180_days(weight, after):
    case, moment = violation(weight), START + timedelta(days=after)
    half = case.points_at(moment) / 2
    assert case.points_at(moment + timedelta(days=180)) == pytest.approx(half, rel=1e-12)


@given(points, days, days)
def test_points_never_grow(weight, one, other):
    case = violation(weight)
    early, late = sorted((one, other))
    before = case.points_at(START + timedelta(days=early))
    assert weight >= before >= case.points_at(START + timedelta(days=late)) >= 0


@given(points, st.integers(1, 800), st.integers(0, 60), days)
def test_points_count_from_the_force_to_the_lapse(weight, lapse_days, final_days, after):
    case, moment = violation(weight, lapse_days, final_days), START + timedelta(days=after)
    is_counting = final_days <= after < lapse_days
    assert (case.points_at(moment) > 0) == is_counting


def test_worked_example_of_the_rule_book():
    case = violation(24)
    moments = [START + timedelta(days=n) for n in (0, 90, 180, 360)]
    assert [round(case.points_at(moment), 6) for moment in moments] == [24, 16.970563, 12, 6]
