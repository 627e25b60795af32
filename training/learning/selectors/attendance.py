"""Who attended how much of the planned hours."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from training.courses.models import Meeting
from training.engine.attendance import Attendance, Planned, Stay, attendance_of
from training.learning.models import Enrolment, Presence


def planned_of(sessions: Sequence[int]) -> dict[int, list[Planned]]:
    """The meetings of each session, in order."""
    found: dict[int, list[Planned]] = {key: [] for key in sessions}
    rows = Meeting.objects.filter(session__in=sessions).order_by("session", "position")
    for row in rows:
        found[row.session_id].append(Planned(row.pk, row.starts_at, row.ends_at))
    return found


def attendance_by_enrolment(enrolments: Sequence[Enrolment]) -> dict[UUID, Attendance]:
    """Two queries, however many. With their claims."""
    planned = planned_of(sorted({one.session_id for one in enrolments}))
    stays: dict[UUID, dict[int, Stay]] = {}
    for row in Presence.objects.filter(enrolment__in=[one.pk for one in enrolments]):
        stays.setdefault(row.enrolment_id, {})[row.meeting_id] = Stay(row.arrived_at, row.left_at)
    return {
        one.pk: attendance_of(
            planned[one.session_id], stays.get(one.pk, {}), one.claim.submitted_at
        )
        for one in enrolments
    }
