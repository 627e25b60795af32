"""What machines are told of quizzes and practical works: the party whose people learn. Never a
name, an answer or who marked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.webhooks.catalogue import register_event
from training.assessment.models import Attempt, Work


def attempt_data(attempt: Attempt, told: int) -> dict[str, Any]:
    """`score` and `pass_mark` in percent."""
    return _of(attempt) | {
        "attempt": str(attempt.pk),
        "number": attempt.number,
        "score": attempt.percent,
        "pass_mark": attempt.pass_mark,
        "is_passed": attempt.is_passed,
    }


def work_data(work: Work, told: int) -> dict[str, Any]:
    """`score`: of 100, the mean of its marks."""
    return _of(work) | {
        "work": str(work.pk),
        "number": work.number,
        "score": work.percent,
        "is_passed": work.is_passed,
    }


def _of(one: Attempt | Work) -> dict[str, Any]:
    enrolment = one.enrolment
    return {
        "enrolment": str(enrolment.pk),
        "learner": enrolment.learner_id,
        "course": enrolment.session.course.code,
        "session": enrolment.session_id,
    }


def the_party(one: Attempt | Work) -> Iterator[int]:
    yield one.enrolment.party_id


EXAMPLE: dict[str, Any] = {
    "enrolment": "3f8f1c52-1f9b-4f0e-9f55-0c5a3a4d7e21",
    "learner": 412,
    "course": "live-basics",
    "session": 57,
}
ATTEMPT: dict[str, Any] = EXAMPLE | {
    "attempt": "b0b5a0de-7b6f-4f43-8a53-63f0e1a8d2c4",
    "number": 1,
    "score": 90,
    "pass_mark": 80,
    "is_passed": True,
}
WORK: dict[str, Any] = EXAMPLE | {
    "work": "6a4e1f90-6a0c-4a51-9d36-2a7c9d0e5b13",
    "number": 1,
    "score": 84.5,
    "is_passed": True,
}

for name, title, changes in (
    ("quiz.passed", _("Somebody passed the quiz of a course"), {}),
    (
        "quiz.failed",
        _("Somebody did not pass the quiz of a course"),
        {"score": 60, "is_passed": False},
    ),
):
    register_event(
        name,
        title,
        of="assessment.attempt",
        verbs=(name.replace(".", "_"),),
        parties=the_party,
        data=attempt_data,
        example=ATTEMPT | changes,
    )
register_event(
    "work.marked",
    _("A practical work in a course was marked"),
    of="assessment.work",
    verbs=("work_is_marked",),
    parties=the_party,
    data=work_data,
    example=WORK,
)
