"""The quiz and the assignment as parts of what completes a course."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from training.assessment.models import Assignment, Attempt, Quiz, Work
from training.assessment.rules import next_attempt_at
from training.assessment.states import WorkStatus
from training.learning.models import Enrolment
from training.learning.parts import Part, PartResult, register_part
from training.learning.states import PartState


def look_at_quizzes(enrolments: Sequence[Enrolment]) -> dict[UUID, PartResult]:
    quizzes = Quiz.objects.in_bulk({one.session.course_id for one in enrolments})
    tries: dict[UUID, list[Attempt]] = {one.pk: [] for one in enrolments}
    for row in Attempt.objects.filter(enrolment__in=list(tries)).order_by("number"):
        tries[row.enrolment_id].append(row)
    return {
        one.pk: _quiz(one, quizzes.get(one.session.course_id), tries[one.pk]) for one in enrolments
    }


def _quiz(enrolment: Enrolment, quiz: Quiz | None, tries: Sequence[Attempt]) -> PartResult:
    if quiz is None:
        return PartResult(PartState.OPEN)
    passed = next((one for one in tries if one.is_passed), None)
    best = max((one.percent or 0 for one in tries), default=0)
    is_running = any(one.is_running for one in tries)
    now = clock.now()
    is_over = now > enrolment.session.finishes_until
    state = PartState.OPEN
    if passed is not None:
        state = PartState.MET
    elif not is_running and (len(tries) >= quiz.attempts or is_over):
        state = PartState.MISSED
    asked = passed.pass_mark if passed else quiz.pass_mark
    begins = enrolment.session.starts_at
    again = None if is_running else next_attempt_at(quiz, tries)
    is_waiting = now < max(begins, again or begins)
    url = reverse("quiz_detail", args=[enrolment.pk])
    return PartResult(state, best, asked, url, is_running, is_waiting)


def look_at_works(enrolments: Sequence[Enrolment]) -> dict[UUID, PartResult]:
    courses = {one.session.course_id for one in enrolments}
    assignments = Assignment.objects.in_bulk(courses)
    works: dict[UUID, list[Work]] = {one.pk: [] for one in enrolments}
    for row in Work.objects.filter(enrolment__in=list(works)).defer("text"):
        works[row.enrolment_id].append(row)
    return {
        one.pk: _work(one, assignments.get(one.session.course_id), works[one.pk])
        for one in enrolments
    }


def _work(enrolment: Enrolment, assignment: Assignment | None, works: Sequence[Work]) -> PartResult:
    if assignment is None:
        return PartResult(PartState.OPEN)
    is_judged = any(one.status == WorkStatus.WAITING for one in works)
    is_over = clock.now() > enrolment.session.finishes_until
    state = PartState.OPEN
    if any(one.is_passed for one in works):
        state = PartState.MET
    elif not is_judged and (len(works) >= assignment.attempts or is_over):
        state = PartState.MISSED
    best = max((one.score or 0 for one in works), default=0) // 100
    url = reverse("assignment_detail", args=[enrolment.pk])
    is_waiting = is_judged or clock.now() < enrolment.session.starts_at
    return PartResult(state, best, assignment.pass_mark, url, is_judged, is_waiting)


register_part(
    Part(
        code="quiz",
        label=_("Quiz"),
        unit="%",
        missed=_("The quiz was not passed."),
        asks=lambda course: course.needs_quiz,
        look=look_at_quizzes,
    )
)
register_part(
    Part(
        code="assignment",
        label=_("Practical assignment"),
        unit="%",
        missed=_("The practical assignment was not passed."),
        asks=lambda course: course.needs_assignment,
        look=look_at_works,
    )
)
