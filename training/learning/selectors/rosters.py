"""Who is in a session, and who was there when: for who teaches it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from portal.core.actor import Actor
from portal.parties.rules import can_manage_party
from portal.seats.selectors import waiting_by_pool
from training.courses.models import Meeting, Session
from training.engine.attendance import Attendance
from training.learning.models import Enrolment, Presence
from training.learning.selectors.attendance import attendance_by_enrolment
from training.learning.selectors.parts import Progress, progress_of_many


@dataclass(frozen=True, slots=True)
class RosterRow:
    """Somebody with a seat; `presences`: of each meeting in its order, None where not there."""

    enrolment: Enrolment
    attendance: Attendance
    progress: Progress
    presences: Sequence[tuple[Meeting, Presence | None]]

    @property
    def there(self) -> list[Presence]:
        return [presence for _meeting, presence in self.presences if presence is not None]


def waiting_in(session: Session) -> int:
    """How many are in line."""
    return waiting_by_pool([session.pool]).get(session.pool_id, 0)


def scanned_by(actor: Actor, meeting: Meeting) -> list[Enrolment]:
    """Whose presence a phone writes down by the room's code: one's own seat first, then, for who
    manages the party, those of its people who have no account here."""
    seated = Enrolment.objects.seated().filter(session=meeting.session_id).whole()
    own = seated.filter(learner__user=actor.user_id, learner__user__isnull=False)
    found = list(own.order_by("claim__submitted_at")[:1])
    if actor.party is not None and can_manage_party(actor, actor.party):
        team = seated.filter(party=actor.party, learner__user=None)
        found += team.order_by("learner__name", "pk")
    return found


def roster_of(session: Session) -> list[RosterRow]:
    """By name; a few queries, however many."""
    rows = list(
        Enrolment.objects.seated().filter(session=session).whole().order_by("learner__name", "pk")
    )
    meetings = list(session.meetings.order_by("position"))
    attended, progress = attendance_by_enrolment(rows), progress_of_many(rows)
    found: dict[tuple[object, int], Presence] = {
        (one.enrolment_id, one.meeting_id): one
        for one in Presence.objects.filter(enrolment__session=session)
    }
    return [
        RosterRow(
            row,
            attended[row.pk],
            progress[row.pk],
            [(meeting, found.get((row.pk, meeting.pk))) for meeting in meetings],
        )
        for row in rows
    ]
