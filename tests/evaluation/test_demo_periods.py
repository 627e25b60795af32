"""The demo's history, whatever day it is made on."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from portal.core import clock
from portal.evaluation.demo.characters import NUMBERS, QUARTERS, periods

pytestmark = pytest.mark.django_db
DAYS = [date(2026, 1, 1) + timedelta(days=days) for days in range(366)]


def test_six_quarters_are_rated_officially_on_any_day():
    for today in DAYS:
        found = periods(today)
        rated = [
            one
            for one in found.values()
            if one.number < QUARTERS and clock.day_of(one.official_at) < today
        ]
        assert len(rated) == QUARTERS, today
        assert set(found) <= set(NUMBERS)


def test_periods_follow_one_another_and_were_known():
    for today in DAYS:
        found = sorted(periods(today).values(), key=lambda one: one.number)
        for one, after in pairwise(found):
            assert one.ends_on + timedelta(1) == after.starts_on, today
            assert one.number + 1 == after.number
        assert clock.day_of(found[-1].previewed_at) < today
