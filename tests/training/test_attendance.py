"""Attendance over planned hours: plain Python, without a database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.engine.attendance import Planned, Stay, attendance_of, best_from

DAY = datetime(2026, 9, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
FIRST, SECOND = Planned(1, DAY, DAY + HOUR), Planned(2, DAY + 2 * HOUR, DAY + 3 * HOUR)


def at(minutes: int) -> datetime:
    return DAY + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("stay", "minutes", "late", "early"),
    [
        (Stay(at(0)), 60, False, False),
        (Stay(at(-20)), 60, False, False),  # time before it begins counts nothing
        (Stay(at(5), at(55)), 60, False, False),  # forgiven at both ends
        (Stay(at(6)), 54, True, False),
        (Stay(at(0), at(54)), 54, False, True),
        (Stay(at(20), at(40)), 20, True, True),
        (Stay(at(-30), at(-10)), 0, False, True),  # gone before it began
        (Stay(at(0), at(90)), 60, False, False),
        (Stay(at(10), at(10)), 0, True, True),
    ],
)
def test_meeting_counts_what_was_attended(stay, minutes, late, early):
    [row] = attendance_of([FIRST], {1: stay}).rows
    assert (row.counted // timedelta(minutes=1), row.is_late, row.is_early) == (
        minutes,
        late,
        early,
    )


def test_share_is_of_all_planned_minutes_also_for_who_enrolled_late():
    found = attendance_of([FIRST, SECOND], {2: Stay(at(120))}, joined_at=at(100))
    assert (found.percent, found.minutes, found.planned_minutes) == (50, 60, 120)
    assert [row.is_before_joining for row in found.rows] == [True, False]


def test_nobody_passes_by_rounding_and_nothing_planned_is_nothing():
    assert attendance_of([FIRST, SECOND], {1: Stay(at(0)), 2: Stay(at(144))}).percent == 80
    assert attendance_of([FIRST, SECOND], {1: Stay(at(0)), 2: Stay(at(145))}).percent == 79
    assert attendance_of([], {}).percent == 0


@st.composite
def days(draw):
    """Meetings one after the other, and a stay for some of them."""
    clock, meetings, stays = DAY, [], {}
    for key in range(draw(st.integers(1, 6))):
        clock += timedelta(minutes=draw(st.integers(0, 90)))
        length = timedelta(minutes=draw(st.integers(1, 240)))
        meetings.append(Planned(key, clock, clock + length))
        if draw(st.booleans()):
            arrived = clock + timedelta(minutes=draw(st.integers(-60, 240)))
            stay = draw(st.none() | st.integers(0, 300))
            left = None if stay is None else arrived + timedelta(minutes=stay)
            stays[key] = Stay(arrived, left)
        clock += length
    return meetings, stays


@given(days())
def test_nobody_attends_more_than_is_planned(day):
    meetings, stays = day
    found = attendance_of(meetings, stays)
    assert 0 <= found.percent <= 100
    assert 0 <= found.minutes <= found.planned_minutes
    for row in found.rows:
        assert timedelta() <= row.counted <= row.planned
        assert row.is_there or row.counted == timedelta()
        assert row.key in stays or not row.is_there


@given(days(), st.integers(0, 5), st.integers(0, 120))
def test_coming_earlier_or_staying_longer_never_counts_less(day, which, more):
    meetings, stays = day
    before = attendance_of(meetings, stays)
    extra = timedelta(minutes=more)
    longer = {
        key: Stay(one.arrived_at - extra, one.left_at + extra if one.left_at else None)
        if key == which
        else one
        for key, one in stays.items()
    }
    assert attendance_of(meetings, longer).minutes >= before.minutes


@given(days())
def test_when_somebody_enrolled_changes_no_figure(day):
    meetings, stays = day
    one, other = (attendance_of(meetings, stays, moment) for moment in (None, DAY + 9 * HOUR))
    assert (one.minutes, one.percent) == (other.minutes, other.percent)


def test_most_that_can_still_be_reached_falls_with_every_minute():
    meetings = [FIRST, SECOND]
    assert [best_from(meetings, {}, at(n)).percent for n in (-60, 5, 30, 60, 90, 150, 180)] == [
        *(100, 100, 75, 50, 50),
        *(25, 0),
    ]
    there = {1: Stay(at(0), at(30))}
    assert best_from(meetings, there, at(100)).percent == 75  # who left comes back to the second
    assert best_from(meetings, there, at(400)) == attendance_of(meetings, there)
