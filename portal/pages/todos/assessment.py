"""Works that wait for one's mark, and quizzes that are not handed in."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from portal.core import clock
from portal.core.actor import Actor
from portal.pages.todos import Todo, Waiting, dated
from training.assessment.models import Attempt, Mark
from training.assessment.selectors import marks_to_give, running_attempts

MOST = 5


def assessment_todos(actor: Actor) -> Iterator[Waiting]:
    if actor.user_id is None:
        return
    if actor.party is not None:  # nobody learns but for a party
        yield Waiting(running_attempts(actor)[:MOST], _attempt)
    yield Waiting(marks_to_give(actor).order_by("due_at", "pk")[:MOST], _mark)


def _attempt(attempt: Attempt) -> Todo:
    until = f"{attempt.due_at.astimezone(clock.SHANGHAI):%H:%M}"
    return dated(
        clock.day_of(attempt.due_at),
        title=_("A quiz runs until %(until)s") % {"until": until},
        detail=attempt.enrolment.session.course.title,
        url=attempt.get_absolute_url(),
        verb=_("Go on"),
    )


def _mark(mark: Mark) -> Todo:
    return dated(
        clock.day_of(mark.due_at),
        title=_("Mark the work %(code)s") % {"code": mark.work.code},
        detail=mark.work.assignment.course.title,
        url=mark.get_absolute_url(),
        verb=_("Mark"),
    )
