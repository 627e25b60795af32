"""Courses: seats that are kept, hours to come, what is to be finished, and what one teaches."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core import clock
from portal.core.actor import Actor
from portal.pages.todos import SOON, Todo, Waiting, dated
from training.courses.models import Meeting
from training.learning.models import Enrolment
from training.learning.selectors import (
    begun_studies,
    ending_studies,
    kept_seats,
    meetings_ahead,
    meetings_taught,
)

COURSE = tuple(f"session__course__{name}" for name in ("code", "title_zh", "title_en"))
KEPT, ENDING = ("claim__due_at", "learner__name", *COURSE), ("session__finishes_until", *COURSE)


def training_todos(actor: Actor) -> Iterator[Waiting]:
    now = clock.now()
    if actor.party is not None:  # nobody learns but for a party
        yield Waiting(kept_seats(actor), _kept, KEPT)
        yield Waiting(meetings_ahead(actor, now, now + SOON), _ahead, ("starts_at", *COURSE))
        yield Waiting(ending_studies(actor, now, now + SOON), _ending, ENDING)
        yield Waiting(begun_studies(actor, now + SOON), _begun, COURSE)
    yield Waiting(meetings_taught(actor, now, now + SOON), _taught, ("starts_at", *COURSE))


def _kept(one: Enrolment) -> Todo:
    title = _("A seat in a course is kept for %(name)s") % {"name": one.learner.name}
    url, course = one.get_absolute_url(), one.session.course.title
    return _dated(one.claim.due_at or clock.now(), title, course, url, _("Take it up"))


def _ahead(meeting: Meeting) -> Todo:
    title = _("A course at %(at)s") % {"at": _hour(meeting.starts_at)}
    url = reverse("enrolment_detail", args=[meeting.enrolment])  # type: ignore[attr-defined]  # annotated
    return _dated(meeting.starts_at, title, meeting.session.course.title, url, _("Look"))


def _ending(one: Enrolment) -> Todo:
    course, until = one.session.course, one.session.finishes_until
    title, url = _("Finish a course"), course.get_absolute_url()
    return _dated(until, title, course.title, url, _("Go on learning"))


def _begun(one: Enrolment) -> Todo:
    course, place = one.session.course, one.place  # type: ignore[attr-defined]  # annotated
    detail = _("%(course)s, lesson %(n)s") % {"course": course.title, "n": place}
    url = reverse("lesson_detail", args=[course.code, place])
    return Todo(_("Go on where you stopped"), detail, url, _("Go on learning"))


def _taught(meeting: Meeting) -> Todo:
    title = _("You teach at %(at)s") % {"at": _hour(meeting.starts_at)}
    url = reverse("teaching_session", args=[meeting.session_id])
    return _dated(meeting.starts_at, title, meeting.session.course.title, url, _("Class list"))


def _dated(due: datetime, title: str, detail: str, url: str, verb: str) -> Todo:
    return dated(clock.day_of(due), title=title, detail=detail, url=url, verb=verb)


def _hour(moment: datetime) -> str:
    return f"{moment.astimezone(clock.SHANGHAI):%m-%d %H:%M}"
