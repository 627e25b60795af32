"""A quiz as its learner sees it: what it is like, the sheet of an attempt, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from portal.core import clock
from portal.core.actor import Actor
from portal.core.verdict import Verdict
from training.assessment import rules
from training.assessment.models import AskedQuestion, Attempt, Quiz
from training.courses.states import Topic
from training.learning.models import Enrolment

LETTERS = "ABCDEFGH"


@dataclass(frozen=True, slots=True)
class Option:
    """`place`: in the question's own order, as an answer names it."""

    place: int
    letter: str
    text: str
    is_chosen: bool
    is_right: bool


@dataclass(frozen=True, slots=True)
class SheetRow:
    asked: AskedQuestion
    options: tuple[Option, ...]

    @property
    def name(self) -> str:
        return f"answer-{self.asked.position}"

    @property
    def is_answered(self) -> bool:
        return self.asked.answer is not None


@dataclass(frozen=True, slots=True)
class TopicResult:
    label: str
    right: int
    asked: int


@dataclass(frozen=True, slots=True)
class QuizState:
    """An enrolment's quiz, with its attempts and whether another may begin."""

    quiz: Quiz
    attempts: tuple[Attempt, ...]
    can_start: Verdict
    again_at: datetime | None

    @property
    def running(self) -> Attempt | None:
        return next((one for one in self.attempts if one.is_running), None)

    @property
    def ended(self) -> list[Attempt]:
        """The newest first."""
        return [one for one in reversed(self.attempts) if not one.is_running]

    @property
    def passed(self) -> Attempt | None:
        return next((one for one in self.attempts if one.is_passed), None)

    @property
    def left(self) -> int:
        return max(0, self.quiz.attempts - len(self.attempts))


def quiz_state(actor: Actor, enrolment: Enrolment, quiz: Quiz) -> QuizState:
    rows = list(Attempt.objects.filter(enrolment=enrolment).order_by("number"))
    now = clock.now()
    again = rules.next_attempt_at(quiz, rows)
    return QuizState(
        quiz,
        tuple(rows),
        rules.can_start_attempt(actor, enrolment, quiz, rows, now),
        again if again and again > now else None,
    )


def sheet_of(attempt: Attempt) -> list[SheetRow]:
    """Questions in their order, options in theirs. Which are right is for `can_read_answers`."""
    rows = attempt.asked_questions.select_related("question").order_by("position")
    return [SheetRow(row, _options(row)) for row in rows]


def topics_of(rows: Sequence[SheetRow]) -> list[TopicResult]:
    """How many were right of each topic: where to read again."""
    found: dict[str, list[bool]] = {}
    for row in rows:
        found.setdefault(row.asked.question.topic, []).append(bool(row.asked.is_right))
    return [
        TopicResult(str(Topic(topic).label), sum(marks), len(marks))
        for topic, marks in found.items()
    ]


def _options(row: AskedQuestion) -> tuple[Option, ...]:
    texts, chosen, right = row.question.options, set(row.answer or ()), set(row.question.right)
    return tuple(
        Option(place, LETTERS[shown], texts[place], place in chosen, place in right)
        for shown, place in enumerate(row.order)
    )
