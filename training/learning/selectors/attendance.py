"""Who attended how much of the planned hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from training.courses.models import Meeting, Session
from training.engine.attendance import Attendance, Planned, Stay, attendance_of, best_from
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


@dataclass(frozen=True, slots=True)
class Reach:
    """What can still be attended of the planned hours: at most `percent` of them; `least`: what
    completing the course asks for. `over`: meetings that have ended, of `all`."""

    over: int
    all: int
    missed_minutes: int
    planned_minutes: int
    percent: int
    least: int

    @property
    def is_late(self) -> bool:
        return self.missed_minutes > 0

    @property
    def is_enough(self) -> bool:
        return self.percent >= self.least


def reach_of(session: Session, now: datetime, enrolment: Enrolment | None = None) -> Reach:
    """For who joins at this moment, or of somebody's enrolment. At one's own pace nothing is
    missed."""
    planned = planned_of([session.pk])[session.pk]
    rows = Presence.objects.filter(enrolment=enrolment) if enrolment else ()
    stays = {row.meeting_id: Stay(row.arrived_at, row.left_at) for row in rows}
    best = best_from(planned, stays, now)
    return Reach(
        over=sum(one.ends_at <= now for one in planned),
        all=len(planned),
        missed_minutes=best.planned_minutes - best.minutes,
        planned_minutes=best.planned_minutes,
        percent=best.percent if planned else 100,
        least=session.course.least_attendance,
    )
