"""Questions, a course's quiz and its assignment, by the operators of the training."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.refusing import refusing
from portal.core.verdict import Flaw, Refused, flawless
from portal.parties.models import User
from training.assessment import rules
from training.assessment.fields import AssignmentFields, QuestionFields, QuizFields
from training.assessment.models import Assignment, Criterion, Marker, Question, Quiz
from training.assessment.states import TRUE_FALSE, QuestionKind
from training.courses.models import Course
from training.courses.rules import can_change_course
from training.courses.services.courses import lock_course

TAKEN = {
    "question_code_once": flawless([Flaw("code", _("The bank of this course has this code."))])
}
TEXTS = ("kind", "topic", "text_zh", "text_en", "explanation_zh", "explanation_en")
QUIZ = ("questions", "pass_mark", "attempts", "wait_hours", "minutes")
ASSIGNMENT = ("brief_zh", "brief_en", "pass_mark", "apart", "attempts", "days")


@transaction.atomic
def create_question(actor: Actor, *, course: Course, fields: QuestionFields) -> Question:
    course = lock_course(course)
    can_change_course(actor, course).require()
    rules.question_is_sound(fields).require()
    question = _new(course, fields)
    audit.record(actor, "create_question", question, after={"code": question.code})
    return question


@transaction.atomic
def change_question(actor: Actor, *, question: Question, fields: QuestionFields) -> Question:
    """Once it was asked, the change is a new question under the same code, and what was asked stays
    as it was."""
    lock_course(question.course)
    question = Question.objects.select_related("course").get(pk=question.pk)
    rules.can_change_question(actor, question).require()
    rules.question_is_sound(fields).require()
    changed = _write(question, fields)
    audit.record(actor, "change_question", changed, after={"code": changed.code})
    return changed


@transaction.atomic
def retire_question(actor: Actor, *, question: Question) -> Question:
    """Never drawn again; attempts that have it keep it."""
    lock_course(question.course)
    question = Question.objects.select_related("course").get(pk=question.pk)
    rules.can_retire_question(actor, question).require()
    _retire(question)
    audit.record(actor, "retire_question", question, after={"code": question.code})
    return question


@transaction.atomic
def put_questions(actor: Actor, *, told: Sequence[tuple[Course, QuestionFields]]) -> int:
    """Of a file: a code that the course's bank has is changed, others are new. How many."""
    rules.can_write_bank(actor).require()
    for course, fields in told:
        known = Question.objects.asked().filter(course=course, code=fields.code).first()
        if known is None:
            create_question(actor, course=course, fields=fields)
        else:
            change_question(actor, question=known, fields=fields)
    return len(told)


@transaction.atomic
def set_quiz(actor: Actor, *, course: Course, fields: QuizFields) -> Quiz:
    """Attempts that were begun keep the pass mark and the time they began with."""
    course = lock_course(course)
    can_change_course(actor, course).require()
    bank = Question.objects.asked().filter(course=course).count()
    rules.quiz_is_sound(course, fields, bank).require()
    values = {name: getattr(fields, name) for name in QUIZ}
    quiz, _new_one = Quiz.objects.update_or_create(
        course=course, defaults=values | {"changed_at": clock.now()}
    )
    audit.record(actor, "set_quiz", course, after=values)
    return quiz


@transaction.atomic
def set_assignment(actor: Actor, *, course: Course, fields: AssignmentFields) -> Assignment:
    """Its rubric stays once a work was handed in; markers change for the works to come."""
    course = lock_course(course)
    can_change_course(actor, course).require()
    rules.assignment_is_sound(fields).require()
    markers = User.objects.filter(pk__in=fields.markers, is_active=True)
    if markers.count() != len(fields.markers):
        raise Refused(flawless([Flaw("markers", _("Choose from the people there are."))]))
    values: dict[str, Any] = {name: getattr(fields, name) for name in ASSIGNMENT}
    assignment, _new_one = Assignment.objects.update_or_create(
        course=course, defaults=values | {"changed_at": clock.now()}
    )
    _write_criteria(assignment, fields)
    assignment.markers.exclude(user__in=fields.markers).delete()
    known = set(assignment.markers.values_list("user", flat=True))
    new = [key for key in fields.markers if key not in known]
    Marker.objects.bulk_create(Marker(assignment=assignment, user_id=key) for key in new)
    after = {"pass_mark": fields.pass_mark, "markers": len(fields.markers)}
    audit.record(actor, "set_assignment", course, after=after)
    return assignment


def _write_criteria(assignment: Assignment, fields: AssignmentFields) -> None:
    known = assignment.criteria.order_by("position")
    if list(known.values_list("text_zh", "text_en", "points")) == list(fields.criteria):
        return
    rules.can_change_rubric(assignment.works.exists()).require()
    known.delete()
    Criterion.objects.bulk_create(
        Criterion(
            assignment=assignment, position=place, text_zh=chinese, text_en=english, points=points
        )
        for place, (chinese, english, points) in enumerate(fields.criteria, start=1)
    )


def _write(question: Question, fields: QuestionFields) -> Question:
    if question.asked_in.exists():
        _retire(question)
        return _new(question.course, fields)
    for name, value in values_of_question(fields).items():
        setattr(question, name, value)
    with refusing(TAKEN):
        question.save()
    return question


def _new(course: Course, fields: QuestionFields) -> Question:
    with refusing(TAKEN):
        return Question.objects.create(
            course=course, created_at=clock.now(), **values_of_question(fields)
        )


def _retire(question: Question) -> None:
    question.retired_at = clock.now()
    question.save(update_fields=["retired_at"])


def values_of_question(fields: QuestionFields) -> dict[str, Any]:
    if fields.kind == QuestionKind.TRUE_FALSE:
        options = list(zip(_words_in("zh-hans"), _words_in("en"), strict=True))
    else:
        options = list(zip(fields.options_zh, fields.options_en, strict=True))
    return {
        **{name: getattr(fields, name).strip() for name in TEXTS},
        "code": fields.code,
        "options_zh": [chinese.strip() for chinese, _english in options],
        "options_en": [english.strip() for _chinese, english in options],
        "right": sorted(fields.right),
    }


def _words_in(language: str) -> list[str]:
    with translation.override(language):
        return [str(word) for word in TRUE_FALSE]
