"""Working days follow the official calendar, its make-up days, and what an operator corrects."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.core.models import AuditEntry, Holiday
from portal.core.reference import can_edit_reference, save_reference
from portal.core.verdict import Refused
from portal.core.workdays import (
    add_working_days,
    is_working_day,
    load_holidays,
    working_days_between,
)
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db
days = st.dates(date(2018, 1, 1), date(2027, 12, 31))
quick = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 1, 1), False),  # New Year, a Thursday
        (date(2026, 1, 4), True),  # a Sunday that is worked instead
        (date(2026, 2, 17), False),  # Spring Festival, a Tuesday
        (date(2026, 5, 29), True),  # a Friday like any other
        (date(2026, 5, 30), False),  # a Saturday like any other
        (date(2035, 10, 1), True),  # a Monday of a year nobody knows yet
    ],
)
def test_days_are_what_the_calendar_says(day, works):
    assert is_working_day(day) is works


def test_spring_festival_is_counted_out():
    before = date(2026, 2, 13)  # the Friday; Saturday the 14th is worked, then nine days are free
    assert add_working_days(before, 1) == date(2026, 2, 14)
    assert add_working_days(before, 2) == date(2026, 2, 24)
    assert working_days_between(before, date(2026, 2, 23)) == 1


@quick
@given(days, st.integers(-120, 120))
def test_adding_and_counting_are_each_other_s_inverse(start, number):
    end = add_working_days(start, number)
    assert working_days_between(start, end) == number
    assert number == 0 or is_working_day(end)


@quick
@given(days, st.integers(0, 60), st.integers(0, 60))
def test_counting_adds_up(start, first, second):
    middle, end = start + timedelta(days=first), start + timedelta(days=first + second)
    whole = working_days_between(start, end)
    assert whole == working_days_between(start, middle) + working_days_between(middle, end)
    one_by_one = (start + timedelta(days=n) for n in range(1, first + second + 1))
    assert whole == sum(is_working_day(day) for day in one_by_one)


def test_loading_again_keeps_what_an_operator_corrected():
    row = Holiday.objects.get(day=date(2026, 1, 4))
    row.is_workday = False
    save_reference(SYSTEM, row=row, changed=["is_workday"])
    assert load_holidays() == 0
    assert not is_working_day(date(2026, 1, 4))
    entry = AuditEntry.objects.get(verb="save_reference")
    assert (entry.before, entry.after) == ({"is_workday": "True"}, {"is_workday": "False"})


def test_reference_data_is_the_operators(reviewer, merchant):
    row = Holiday(day=date(2030, 1, 1), name_zh="元旦", name_en="New Year's Day")
    for person in (reviewer, merchant):
        assert not can_edit_reference(person.actor, Holiday)
        with pytest.raises(Refused) as refused:
            save_reference(person.actor, row=row, changed=["day"])
        assert refused.value.verdict.status == 403
    assert not Holiday.objects.filter(day__year=2030).exists()


def test_a_year_of_days_costs_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        working_days_between(date(2025, 1, 1), date(2026, 1, 1))
