"""Quizzes, works and feedback as they were, written down at once. For the demo and imports: nobody
is told, and what came of the enrolments is then computed by `settle_brought`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from portal.core import bulk
from portal.core.actor import Actor
from training.assessment.models import (
    AskedQuestion,
    Assignment,
    Attempt,
    Feedback,
    Mark,
    Question,
    Quiz,
    Work,
)
from training.assessment.services.quizzes import order_of
from training.assessment.services.works import new_code
from training.assessment.states import AttemptEnd, WorkStatus
from training.engine import marking
from training.learning.models import Enrolment
from training.learning.rules import can_bring_in_bulk


@dataclass(frozen=True, slots=True)
class Tried:
    """An attempt at the quiz of the enrolment's course. `seed` draws its questions; those at the
    positions of `wrong` were answered wrongly, all others rightly."""

    enrolment: Enrolment
    number: int
    started_at: datetime
    submitted_at: datetime
    seed: str
    wrong: frozenset[int] = frozenset()
    id: UUID = field(default_factory=uuid4)


@dataclass(frozen=True, slots=True)
class Handed:
    """A work with the marks it was given: account, points of each criterion, words, when. It is
    marked where they agree, by the rule of `marking.agree`."""

    enrolment: Enrolment
    number: int
    text: str
    handed_in_at: datetime
    marks: Sequence[tuple[int, Sequence[int], str, datetime]] = ()
    id: UUID = field(default_factory=uuid4)


@dataclass(frozen=True, slots=True)
class Said:
    enrolment: Enrolment
    stars: int
    words: str
    at: datetime


@transaction.atomic
def bring_attempts(actor: Actor, *, tried: Sequence[Tried]) -> list[Attempt]:
    """Marked by the same engine as any other."""
    can_bring_in_bulk(actor).require()
    courses = {one.enrolment.session.course_id for one in tried}
    quizzes = Quiz.objects.in_bulk(courses)
    banks: dict[int, dict[int, Question]] = {key: {} for key in courses}
    # By code, not by key: two loads of a world draw the same questions.
    for row in Question.objects.asked().filter(course__in=courses).order_by("course", "code"):
        banks[row.course_id][len(banks[row.course_id])] = row
    made: list[Attempt] = []
    asked: list[AskedQuestion] = []
    for one in tried:
        course = one.enrolment.session.course_id
        attempt, rows = _attempt(one, quizzes[course], banks[course])
        made.append(attempt)
        asked += rows
    bulk.insert(made)
    bulk.insert(asked)
    return made


def _attempt(
    one: Tried, quiz: Quiz, bank: Mapping[int, Question]
) -> tuple[Attempt, list[AskedQuestion]]:
    places = marking.drawn(bank, quiz.questions, one.seed)
    attempt = Attempt(
        id=one.id,
        enrolment=one.enrolment,
        quiz=quiz,
        number=one.number,
        started_at=one.started_at,
        due_at=max(one.submitted_at, one.started_at + timedelta(minutes=quiz.minutes)),
        pass_mark=quiz.pass_mark,
        asked=len(places),
        submitted_at=one.submitted_at,
        ended_by=AttemptEnd.LEARNER,
    )
    rows = [
        _asked(one, attempt, bank[place], position)
        for position, place in enumerate(places, start=1)
    ]
    marked = marking.Marked(tuple(bool(row.is_right) for row in rows))
    attempt.right, attempt.is_passed = marked.right, marked.passes(quiz.pass_mark)
    return attempt, rows


def _asked(one: Tried, attempt: Attempt, question: Question, position: int) -> AskedQuestion:
    is_right = position not in one.wrong
    others = [n for n in range(len(question.options_zh)) if n not in question.right]
    return AskedQuestion(
        attempt=attempt,
        question=question,
        position=position,
        order=order_of(question, one.seed, question.code),
        answer=list(question.right) if is_right else others[:1],
        answered_at=one.submitted_at,
        is_right=is_right or not others,
    )


@transaction.atomic
def bring_works(actor: Actor, *, handed: Sequence[Handed]) -> list[Work]:
    can_bring_in_bulk(actor).require()
    courses = {one.enrolment.session.course_id for one in handed}
    assignments = Assignment.objects.prefetch_related("criteria").in_bulk(courses)
    made, marks = [], []
    for one in handed:
        assignment = assignments[one.enrolment.session.course_id]
        work = _work(one, assignment)
        made.append(work)
        marks += [
            Mark(
                id=uuid4(),
                work=work,
                marker_id=marker,
                place=place,
                asked_at=one.handed_in_at,
                due_at=one.handed_in_at + timedelta(days=assignment.days),
                points=list(points),
                words=words,
                given_at=at,
            )
            for place, (marker, points, words, at) in enumerate(one.marks, start=1)
        ]
    bulk.insert(made)
    bulk.insert(marks)
    return made


def _work(one: Handed, assignment: Assignment) -> Work:
    most = sum(row.points for row in assignment.criteria.all())
    totals = [sum(points) for _marker, points, _words, _at in one.marks]
    agreed = marking.agree(totals, most, apart=assignment.apart, least=assignment.pass_mark)
    return Work(
        id=one.id,
        assignment=assignment,
        enrolment=one.enrolment,
        number=one.number,
        code=new_code(),
        text=one.text,
        handed_in_at=one.handed_in_at,
        status=WorkStatus.MARKED if agreed else WorkStatus.WAITING,
        score=agreed.score if agreed else None,
        is_passed=agreed.passes if agreed else None,
        marked_at=max(at for *_rest, at in one.marks) if agreed else None,
    )


@transaction.atomic
def bring_feedback(actor: Actor, *, said: Sequence[Said]) -> int:
    can_bring_in_bulk(actor).require()
    bulk.insert(
        [
            Feedback(
                enrolment=one.enrolment,
                session_id=one.enrolment.session_id,
                stars=one.stars,
                words=one.words,
                given_at=one.at,
            )
            for one in said
        ]
    )
    return len(said)
