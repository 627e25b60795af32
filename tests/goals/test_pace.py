"""A straight line to the end of the year, in whole numbers."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.goals.engine import Pace, months_before, pace_on

AMOUNTS = st.integers(0, 10**15)
PACES = st.integers(365, 366).flatmap(
    lambda days: st.integers(1, days).map(lambda day: Pace(day, days))
)


@given(PACES, AMOUNTS, st.integers(1, 10**15))
def test_pace_meets_what_its_line_leads_to(pace, net, threshold):
    assert pace.meets(net, threshold) == (pace.leads_to(net) >= threshold)
    assert pace.leads_to(net) >= net
    assert pace.due(threshold) <= threshold
    if net >= threshold:
        assert pace.meets(net, threshold), "who is past it is on the way, too"


def test_pace_of_a_day():
    assert pace_on(date(2026, 1, 1)) == Pace(1, 365)
    assert pace_on(date(2028, 12, 31)) == Pace(366, 366)
    assert Pace(73, 365).leads_to(20) == 100
    with pytest.raises(ValueError, match="day 0"):
        Pace(0, 365)


def test_months_before_keeps_within_a_shorter_month():
    assert months_before(date(2028, 3, 31), 1) == date(2028, 2, 29)
    assert months_before(date(2026, 11, 23), 24) == date(2024, 11, 23)
    assert months_before(date(2026, 1, 5), 1) == date(2025, 12, 5)
