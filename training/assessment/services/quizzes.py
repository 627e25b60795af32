"""An attempt at a quiz: begun, answered as one goes, handed in once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import Refused, conflict
from portal.seats import services as seats
from portal.seats.states import ClaimStatus
from training.assessment import rules
from training.assessment.models import AskedQuestion, Attempt, Question, Quiz
from training.assessment.states import AttemptEnd, QuestionKind
from training.engine import marking
from training.learning.models import Enrolment
from training.learning.services import settle_enrolment
from training.learning.services.enrolments import lock_enrolment
from training.learning.services.telling import tell_learner

MOST_AT_ONCE = 500
ENDED = ("submitted_at", "ended_by", "right", "is_passed")
NO_QUIZ = _("This course has no quiz.")
TIME_OVER = gettext_noop(
    "The time of your quiz in “%(course)s” was over; what you had saved was handed in."
)


@transaction.atomic
def start_attempt(actor: Actor, *, enrolment: Enrolment) -> Attempt:
    """Questions are drawn now, those not asked before first; the time runs from now on."""
    enrolment = lock_enrolment(enrolment)
    quiz = Quiz.objects.filter(course=enrolment.session.course_id).first()
    if quiz is None:
        raise Refused(conflict(NO_QUIZ))
    before, now = attempts_of(enrolment), clock.now()
    rules.can_start_attempt(actor, enrolment, quiz, before, now).require()
    attempt = Attempt(
        enrolment=enrolment,
        quiz=quiz,
        number=len(before) + 1,
        started_at=now,
        due_at=min(now + timedelta(minutes=quiz.minutes), enrolment.session.finishes_until),
        pass_mark=quiz.pass_mark,
    )
    rows = _draw(attempt, str(attempt.pk))
    attempt.save()
    AskedQuestion.objects.bulk_create(rows)
    be_there(actor, enrolment)
    audit.record(actor, "start_attempt", enrolment, after={"number": attempt.number})
    return attempt


@transaction.atomic
def save_answers(
    actor: Actor, *, attempt: Attempt, answers: Mapping[int, Sequence[int]]
) -> Attempt:
    """`answers`: places of options by the question's position; nothing chosen takes it back."""
    attempt = _lock(attempt)
    rules.can_answer(actor, attempt).require()
    rules.is_in_time(attempt, clock.now()).require()
    _save(attempt, answers)
    return attempt


@transaction.atomic
def submit_attempt(
    actor: Actor, *, attempt: Attempt, answers: Mapping[int, Sequence[int]] | None = None
) -> Attempt:
    """Handed in, once. After its time, what was saved counts and what comes now does not."""
    attempt = _lock(attempt)
    rules.can_answer(actor, attempt).require()
    if not rules.is_in_time(attempt, clock.now()):
        return _end(actor, attempt, AttemptEnd.CLOCK)
    _save(attempt, answers or {})
    return _end(actor, attempt, AttemptEnd.LEARNER)


def end_attempts(actor: Actor) -> int:
    """Those whose time is over; how many were ended."""
    due = Attempt.objects.running().filter(due_at__lt=clock.now()).order_by("due_at")
    return sum(_end_overdue(actor, attempt) for attempt in due[:MOST_AT_ONCE])


@transaction.atomic
def _end_overdue(actor: Actor, attempt: Attempt) -> int:
    attempt = _lock(attempt)
    if not attempt.is_running or rules.is_in_time(attempt, clock.now()):
        return 0
    _end(actor, attempt, AttemptEnd.CLOCK)
    return 1


def attempts_of(enrolment: Enrolment) -> list[Attempt]:
    return list(Attempt.objects.filter(enrolment=enrolment).order_by("number"))


def be_there(actor: Actor, enrolment: Enrolment) -> None:
    """At one's own pace, being examined is being there."""
    if enrolment.session.is_own_pace and enrolment.status == ClaimStatus.CONFIRMED:
        enrolment.claim = seats.mark_present(actor, claim=enrolment.claim)


def _draw(attempt: Attempt, seed: str) -> list[AskedQuestion]:
    bank = Question.objects.asked().filter(course=attempt.quiz.course_id)
    rows = {one.pk: one for one in bank}
    if not rows:
        raise Refused(conflict(_("This quiz has no questions yet.")))
    asked = AskedQuestion.objects.filter(attempt__enrolment=attempt.enrolment_id)
    seen = set(asked.values_list("question", flat=True))
    keys = marking.drawn(rows, attempt.quiz.questions, seed, seen)
    attempt.asked = len(keys)
    return [
        AskedQuestion(
            attempt=attempt,
            question=rows[key],
            position=place,
            order=order_of(rows[key], seed, str(key)),
        )
        for place, key in enumerate(keys, start=1)
    ]


def order_of(question: Question, seed: str, key: str) -> list[int]:
    """True stands before false; other options stand as the seed says."""
    length = len(question.options_zh)
    if question.kind == QuestionKind.TRUE_FALSE:
        return list(range(length))
    return marking.shuffled(length, seed, key)


def _save(attempt: Attempt, answers: Mapping[int, Sequence[int]]) -> None:
    now, changed = clock.now(), []
    for row in attempt.asked_questions.select_related("question"):
        if row.position not in answers:
            continue
        chosen = sorted(answers[row.position])
        rules.answer_is_sound(row, chosen).require()
        if (row.answer or []) != chosen:
            row.answer, row.answered_at = (chosen, now) if chosen else (None, None)
            changed.append(row)
    AskedQuestion.objects.bulk_update(changed, ["answer", "answered_at"])


def _end(actor: Actor, attempt: Attempt, ended_by: AttemptEnd) -> Attempt:
    rows = list(attempt.asked_questions.select_related("question").order_by("position"))
    marked = marking.mark(
        [marking.Asked(row.pk, frozenset(row.question.right)) for row in rows],
        {row.pk: row.answer or () for row in rows},
    )
    for row, is_right in zip(rows, marked.rows, strict=True):
        row.is_right = is_right
    AskedQuestion.objects.bulk_update(rows, ["is_right"])
    attempt.submitted_at, attempt.ended_by = clock.now(), ended_by
    attempt.right, attempt.is_passed = marked.right, marked.passes(attempt.pass_mark)
    attempt.save(update_fields=ENDED)
    after = {"number": attempt.number, "right": attempt.right, "asked": attempt.asked}
    audit.record(actor, "submit_attempt", attempt.enrolment, after=after)
    audit.tell(actor, "quiz_passed" if attempt.is_passed else "quiz_failed", attempt)
    if ended_by == AttemptEnd.CLOCK:
        tell_learner(
            attempt.enrolment,
            event="course.quiz",
            key=f"quiz-over:{attempt.pk}",
            sentence=TIME_OVER,
        )
    settle_enrolment(actor, enrolment=attempt.enrolment)
    return attempt


def _lock(attempt: Attempt) -> Attempt:
    """The enrolment first, as everywhere, then the attempt."""
    enrolment = lock_enrolment(attempt.enrolment)
    attempt = Attempt.objects.select_for_update(of=("self",), no_key=True).get(pk=attempt.pk)
    attempt.enrolment = enrolment
    return attempt
