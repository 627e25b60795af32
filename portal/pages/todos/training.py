"""Courses: seats that are kept, hours to come, what is to be finished, and what one teaches."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core import clock
from portal.core.actor import Actor
from portal.pages.todos import SOON, Todo, dated
from training.learning.selectors import (
    ending_studies,
    kept_seats,
    meetings_ahead,
    meetings_taught,
)


def training_todos(actor: Actor) -> Iterator[Todo]:
    now = clock.now()
    yield from _learning_todos(actor, now)
    for meeting in meetings_taught(actor, now, now + SOON):
        title = _("You teach at %(at)s") % {"at": _hour(meeting.starts_at)}
        url = reverse("teaching_session", args=[meeting.session_id])
        course = meeting.session.course.title
        yield _dated(meeting.starts_at, title, course, url, _("Class list"))


def _learning_todos(actor: Actor, now: datetime) -> Iterator[Todo]:
    if actor.party is None:  # nobody learns but for a party
        return
    for one in kept_seats(actor):
        title = _("A seat in a course is kept for %(name)s") % {"name": one.learner.name}
        url, course = one.get_absolute_url(), one.session.course.title
        yield _dated(one.claim.due_at or now, title, course, url, _("Take it up"))
    for one, meeting in meetings_ahead(actor, now, now + SOON):
        title = _("A course at %(at)s") % {"at": _hour(meeting.starts_at)}
        yield _dated(
            meeting.starts_at, title, one.session.course.title, one.get_absolute_url(), _("Look")
        )
    for one in ending_studies(actor, now, now + SOON):
        title, url = _("Finish a course"), one.session.course.get_absolute_url()
        yield _dated(
            one.session.finishes_until, title, one.session.course.title, url, _("Go on learning")
        )


def _dated(due: datetime, title: str, detail: str, url: str, verb: str) -> Todo:
    return dated(clock.day_of(due), title=title, detail=detail, url=url, verb=verb)


def _hour(moment: datetime) -> str:
    return f"{moment.astimezone(clock.SHANGHAI):%m-%d %H:%M}"
