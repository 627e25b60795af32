"""How much of the planned hours somebody attended. Plain Python.

Every planned minute counts once, whoever was late, left early or enrolled when it had begun: the
share is of the planned minutes, never of those one could have come to. Time before a meeting begins
and after it ends counts nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

GRACE = timedelta(minutes=5)  # who comes or goes within it is neither late nor early; it counts all
NOTHING = timedelta()


@dataclass(frozen=True, slots=True)
class Planned:
    """A meeting as it is planned; meetings do not overlap."""

    key: int
    starts_at: datetime
    ends_at: datetime

    @property
    def length(self) -> timedelta:
        return self.ends_at - self.starts_at


@dataclass(frozen=True, slots=True)
class Stay:
    """Here from, and until; None: until the end."""

    arrived_at: datetime
    left_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Attended:
    """Of one meeting. `is_before_joining`: it had ended when they enrolled."""

    key: int
    planned: timedelta
    counted: timedelta
    is_late: bool = False
    is_early: bool = False
    is_before_joining: bool = False

    @property
    def is_there(self) -> bool:
        return self.counted > NOTHING


@dataclass(frozen=True, slots=True)
class Attendance:
    """Of all meetings; minutes and percent are rounded down, so nobody passes by rounding."""

    rows: tuple[Attended, ...]

    @property
    def planned_minutes(self) -> int:
        return _minutes(sum((row.planned for row in self.rows), NOTHING))

    @property
    def minutes(self) -> int:
        return _minutes(sum((row.counted for row in self.rows), NOTHING))

    @property
    def percent(self) -> int:
        planned = sum((row.planned for row in self.rows), NOTHING)
        counted = sum((row.counted for row in self.rows), NOTHING)
        return 100 * counted // planned if planned else 0


def attendance_of(
    meetings: Sequence[Planned], stays: Mapping[int, Stay], joined_at: datetime | None = None
) -> Attendance:
    """`stays`: by the key of its meeting. `joined_at`: when they enrolled, for who came later."""
    return Attendance(tuple(_attended(one, stays.get(one.key), joined_at) for one in meetings))


def best_from(
    meetings: Sequence[Planned], stays: Mapping[int, Stay], moment: datetime
) -> Attendance:
    """The most that can still come of it: what was, and all that is left from `moment` on."""
    to_come = {
        one.key: Stay(max(moment, one.starts_at)) for one in meetings if one.ends_at > moment
    }
    return attendance_of(meetings, to_come | dict(stays))


def _attended(meeting: Planned, stay: Stay | None, joined_at: datetime | None) -> Attended:
    before = joined_at is not None and meeting.ends_at <= joined_at
    if stay is None:
        return Attended(meeting.key, meeting.length, NOTHING, is_before_joining=before)
    left = stay.left_at or meeting.ends_at
    return Attended(
        meeting.key,
        meeting.length,
        _counted(meeting, stay),
        is_late=stay.arrived_at > meeting.starts_at + GRACE,
        is_early=left < meeting.ends_at - GRACE,
        is_before_joining=before,
    )


def _counted(meeting: Planned, stay: Stay) -> timedelta:
    """A few minutes at either end are forgiven, but not to who was never there."""
    grace = min(GRACE, meeting.length / 4)
    arrived, left = stay.arrived_at, stay.left_at or meeting.ends_at
    if _overlap(meeting, Stay(arrived, left)) <= NOTHING:
        return NOTHING
    if arrived <= meeting.starts_at + grace:
        arrived = meeting.starts_at
    if left >= meeting.ends_at - grace:
        left = meeting.ends_at
    return _overlap(meeting, Stay(arrived, left))


def _overlap(meeting: Planned, stay: Stay | None) -> timedelta:
    if stay is None:
        return NOTHING
    left = min(stay.left_at or meeting.ends_at, meeting.ends_at)
    return max(NOTHING, left - max(stay.arrived_at, meeting.starts_at))


def _minutes(length: timedelta) -> int:
    return length // timedelta(minutes=1)
