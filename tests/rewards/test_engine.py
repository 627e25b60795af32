"""What is reckoned of tasks, against plain retelling and at its edges."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.rewards import engine
from portal.rewards.engine import (
    Change,
    Counts,
    Event,
    Evidence,
    Order,
    Paces,
    Sign,
    Step,
    forecast,
    funnel_of,
    marks_of,
    progress_of,
    unit_cost,
)
from portal.rewards.engine.forecast import LEAST_ENDED, wilson
from portal.rewards.engine.fraud import most_within
from portal.rewards.engine.funnel import T, student

START = datetime(2026, 3, 1, 8, tzinfo=UTC)
TODAY = date(2026, 3, 20)


def at(hours):
    return START + timedelta(hours=hours)


def told(event, ref, amount, hours):
    return Event(event, ref, amount, at(hours), at(hours).date())


events = st.lists(
    st.builds(
        told,
        st.sampled_from(["live", "order"]),
        st.integers(0, 8).map(str),
        st.integers(1, 500),
        st.integers(0, 200),
    ),
    max_size=25,
    unique_by=lambda one: (one.event, one.ref),
)
steps = st.builds(
    Step,
    st.sampled_from(["live", "order"]),
    st.sampled_from(list(Counts)),
    st.integers(1, 900),
    st.none() | st.integers(0, 100).map(at),
    st.none() | st.integers(60, 200).map(at),
)


@given(events, st.lists(steps, max_size=4), st.randoms())
def test_progress_is_a_count_and_order_never_matters(rows, wanted, random):
    shuffled = [*rows, *rows]  # told twice
    random.shuffle(shuffled)
    found = progress_of(wanted, shuffled)
    assert found == progress_of(wanted, rows)
    for done in found:
        step = done.step
        mine = [one for one in rows if step.takes(one)]
        plain = {
            Counts.RECORDS: len(mine),
            Counts.AMOUNT: sum(one.amount for one in mine),
            Counts.DAYS: len({one.day for one in mine}),
        }[step.counts]
        assert done.value == plain
        assert done.is_done == (plain >= step.target) == (done.percent == 100)
        assert done.missing == max(0, step.target - plain)
        if done.at is not None:
            until = [one for one in rows if one.at <= done.at]
            [earlier] = progress_of([step], [one for one in until if one.at < done.at])
            assert not earlier.is_done
            assert progress_of([step], until)[0].is_done


def test_step_takes_what_stands_at_its_edges():
    step = Step("live", Counts.RECORDS, 2, first=at(1), last=at(5))
    rows = [told("live", str(n), 1, hours) for n, hours in enumerate((0, 1, 5, 6))]
    [done] = progress_of([step], rows)
    assert (done.value, done.at, done.missing) == (2, at(5), 0)
    with pytest.raises(ValueError, match="target"):
        Step("live", Counts.RECORDS, 0)


@given(
    st.integers(0, 10**9),
    st.integers(0, 10**9),
    st.integers(0, 10**9),
    st.integers(0, 400),
    st.integers(0, 400),
    st.integers(0, 10**8),
    st.integers(1, 60),
)
def test_forecast_promises_no_more_than_there_is(free, reserved, granted, passed, failed, taken, d):
    ended = passed + failed
    budget = free + reserved + granted
    found = forecast(Paces(budget, reserved, granted, passed, ended, taken, d), TODAY)
    assert found.free == free
    assert found.is_enough == (ended >= LEAST_ENDED)
    if not found.is_enough:
        return
    assert 0 <= found.low <= found.expected <= found.high <= reserved
    if found.dries_on is not None:
        assert found.dries_on >= TODAY
    more = forecast(Paces(budget, reserved, granted, passed, ended, taken + 1000, d), TODAY)
    if found.dries_on is not None and more.dries_on is not None:
        assert more.dries_on <= found.dries_on  # a faster pace is dry no later


def test_forecast_of_plain_numbers():
    """1,000 of which 200 are reserved and 300 granted; half of those who ended passed; 70 a week
    are newly reserved, of which half come back: 600 last for 600 / 5 = 120 days."""
    found = forecast(Paces(1000, 200, 300, passed=20, ended=40, taken=70, days=7), TODAY)
    assert (found.free, found.expected) == (500, 100)
    assert (found.low, found.high) == (74, 126)
    assert found.dries_on == TODAY + timedelta(days=120)
    assert wilson(20, 40) == pytest.approx((0.3741, 0.6259), abs=1e-4)
    empty = forecast(Paces(500, 0, 500, 0, 0, 0, 7), TODAY)
    assert (empty.is_enough, empty.dries_on) == (False, TODAY)
    with pytest.raises(ValueError, match="promised"):
        Paces(100, 60, 50, 0, 0, 0, 7)


def test_each_sign_begins_at_its_threshold():
    def order(n, buyer, hours):
        return Order(buyer, at(n), None if hours is None else at(n + hours))

    ten = [order(n, f"b{n}", None) for n in range(10)]
    assert marks_of(Evidence(ten, [at(n) for n in range(20)])) == []
    soon = [order(0, "x", 24), order(1, "y", 1), *ten[2:]]
    [mark] = marks_of(Evidence(soon))
    assert (mark.sign, mark.value, mark.of) == (Sign.REFUNDED_SOON, 20, 10)
    assert marks_of(Evidence([order(0, "x", 25), order(1, "y", 1), *ten[2:]])) == []
    same = [order(n, "one", None) for n in range(3)] + ten[3:]
    assert [(one.sign, one.value) for one in marks_of(Evidence(same))] == [(Sign.ONE_BUYER, 30)]
    unknown = [order(n, "", None) for n in range(10)]
    assert marks_of(Evidence(unknown)) == []
    burst = [at(0) + timedelta(minutes=n) for n in range(8)] + [at(5), at(9)]
    assert [one.sign for one in marks_of(Evidence((), burst))] == [Sign.BURST]
    assert marks_of(Evidence((), burst[:9])) == []  # too few to say
    assert [one.sign for one in marks_of(Evidence(shared=1))] == [Sign.SHARED]


@given(st.lists(st.integers(0, 300), max_size=30), st.integers(0, 60))
def test_most_within_is_the_most_of_any_window(minutes, span):
    moments = [START + timedelta(minutes=n) for n in minutes]
    plain = max((sum(a <= b <= a + span for b in minutes) for a in minutes), default=0)
    assert most_within(moments, timedelta(minutes=span)) == plain


def test_funnel_names_each_share():
    found = funnel_of([("claimed", 200), ("submitted", 120), ("passed", 90), ("rewarded", 90)])
    assert [one.share for one in found.stages] == [100, 60, 75, 100]
    assert found.share == 45
    assert [one.share for one in funnel_of([("claimed", 0), ("passed", 0)]).stages] == [None, None]
    with pytest.raises(ValueError, match="passed"):
        funnel_of([("claimed", 1), ("passed", 2)])


@given(st.lists(st.builds(Change, st.integers(0, 10**6), st.floats(-40, 40)), max_size=40))
def test_cost_of_a_unit_is_named_only_where_there_is_improvement(changes):
    found = unit_cost(changes)
    assert found.granted == sum(one.granted for one in changes)
    if len(changes) < engine.LEAST_CHANGES:
        assert not found.is_enough
        assert found.missing == engine.LEAST_CHANGES - len(changes)
        return
    assert found.low <= found.mean + 1e-9
    assert found.is_enough == (found.low > 0)
    if found.is_enough:
        assert found.cost_low <= found.cost <= found.cost_high


def test_cost_of_a_unit_in_plain_numbers():
    found = unit_cost([Change(100, points) for points in (4, 6, 4, 6, 4, 6, 4, 6, 5)])
    assert (found.mean, found.cost) == (5, 20)
    assert found.cost_low < 20 < found.cost_high
    assert found.low == pytest.approx(5 - 1.860 * 1 / 3)
    assert student(8) == T[8]
    assert student(11) == T[10]  # never too narrow
    assert student(5_000) == 1.645
