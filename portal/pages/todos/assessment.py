"""Works that wait for one's mark, and quizzes that are not handed in."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from portal.core import clock
from portal.core.actor import Actor
from portal.pages.todos import Todo, dated
from training.assessment.selectors import marks_to_give, running_attempts

MOST = 5


def assessment_todos(actor: Actor) -> Iterator[Todo]:
    if actor.user_id is None:
        return
    learns = actor.party is not None  # nobody learns but for a party
    for attempt in running_attempts(actor)[:MOST] if learns else ():
        course = attempt.enrolment.session.course.title
        until = f"{attempt.due_at.astimezone(clock.SHANGHAI):%H:%M}"
        title = _("A quiz runs until %(until)s") % {"until": until}
        url, due = attempt.get_absolute_url(), clock.day_of(attempt.due_at)
        yield dated(due, title=title, detail=course, url=url, verb=_("Go on"))
    for mark in marks_to_give(actor).order_by("due_at", "pk")[:MOST]:
        title = _("Mark the work %(code)s") % {"code": mark.work.code}
        detail = mark.work.assignment.course.title
        url, due = mark.get_absolute_url(), clock.day_of(mark.due_at)
        yield dated(due, title=title, detail=detail, url=url, verb=_("Mark"))
