"""A person's courses as their calendar reads them. No contacts, and no link: it is on the page."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from portal.core.actor import Actor
from portal.core.calendars import Event
from portal.seats import states as seat_states
from training.courses.models import Meeting
from training.learning.models import Enrolment, LearningFeed

MOST = 200


def feed_of(actor: Actor) -> LearningFeed | None:
    """One's own, where its address counts."""
    return LearningFeed.objects.filter(user=actor.user_id, number__gt=0).first()


def calendar_of(user_id: int, address: Callable[[Enrolment], str]) -> list[Event]:
    """Every planned hour of the sessions that somebody has a seat in, the next ones first."""
    rows = Enrolment.objects.whole().filter(
        learner__user=user_id, claim__status__in=seat_states.TAKES
    )
    enrolled = {row.session_id: row for row in rows.order_by("-session__starts_at")[:MOST]}
    meetings = Meeting.objects.filter(session__in=enrolled).order_by("starts_at")
    return [_event(enrolled[one.session_id], one, address) for one in meetings]


def _event(enrolment: Enrolment, meeting: Meeting, address: Callable[[Enrolment], str]) -> Event:
    session = enrolment.session
    said = {"course": session.course.title, "n": meeting.position}
    return Event(
        uid=f"course-meeting-{session.pk}-{meeting.position}@trilink",
        version=int(meeting.starts_at.timestamp()) // 60,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        changed_at=session.opened_at or session.created_at,
        title=_("%(course)s, meeting %(n)s") % said,
        text=session.place,
        url=address(enrolment),
    )
