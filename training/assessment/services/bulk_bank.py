"""The quizzes of many courses with their banks, written down at once. For the demo and imports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from portal.core import audit, bulk, clock
from portal.core.actor import Actor
from training.assessment import rules
from training.assessment.fields import QuestionFields, QuizFields
from training.assessment.models import Question, Quiz
from training.assessment.services.bank import QUIZ, values_of_question
from training.courses.models import Course
from training.courses.rules import can_bring_in_bulk

Brought = tuple[Course, QuizFields, Sequence[QuestionFields]]


@transaction.atomic
def bring_quizzes(actor: Actor, *, brought: Sequence[Brought]) -> int:
    """Of courses that have neither questions nor a quiz yet; how many questions. The same rules say
    what is sound."""
    can_bring_in_bulk(actor).require()
    for course, quiz, asked in brought:
        for fields in asked:
            rules.question_is_sound(fields).require()
        rules.quiz_is_sound(course, quiz, len(asked)).require()
    now = clock.now()
    questions = [
        _question(course, fields, now) for course, _quiz, asked in brought for fields in asked
    ]
    bulk.number(questions)
    bulk.insert(questions)
    bulk.insert([_quiz(course, quiz, now) for course, quiz, _asked in brought])
    audit.record_many(
        [
            audit.entry(actor, "create_question", one, at=now, after={"code": one.code})
            for one in questions
        ]
        + [
            audit.entry(actor, "set_quiz", course, at=now, after=_figures(quiz))
            for course, quiz, _asked in brought
        ]
    )
    return len(questions)


def _question(course: Course, fields: QuestionFields, at: datetime) -> Question:
    return Question(course=course, created_at=at, **values_of_question(fields))


def _quiz(course: Course, fields: QuizFields, at: datetime) -> Quiz:
    return Quiz(course=course, changed_at=at, **_figures(fields))


def _figures(fields: QuizFields) -> dict[str, int]:
    return {name: getattr(fields, name) for name in QUIZ}
