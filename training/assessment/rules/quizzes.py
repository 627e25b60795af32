"""Who takes a quiz, when, and what is shown of it afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Flaw, Verdict, conflict, flawless, forbidden
from training.assessment.models import AskedQuestion, Attempt, Quiz
from training.courses.rules import can_run_training
from training.learning.models import Enrolment
from training.learning.rules import is_own_study
from training.learning.states import Outcome


def can_be_examined(actor: Actor, enrolment: Enrolment, now: datetime) -> Verdict:
    """Quizzes and assignments, alike: one's own, with a seat, from the first day to the last."""
    if not (verdict := is_own_study(actor, enrolment)):
        return verdict
    if not enrolment.has_seat:
        return conflict(_("This is for who has a seat."))
    if enrolment.outcome != Outcome.NONE:
        return conflict(_("This course has been finished."))
    if now < enrolment.session.starts_at:
        return conflict(_("This session has not begun."))
    if now > enrolment.session.finishes_until:
        return conflict(_("The time to finish this course is over."))
    return ALLOWED


def can_start_attempt(
    actor: Actor, enrolment: Enrolment, quiz: Quiz, before: Sequence[Attempt], now: datetime
) -> Verdict:
    """`before`: the attempts of this enrolment, the first one first."""
    if not (verdict := can_be_examined(actor, enrolment, now)):
        return verdict
    if any(one.is_running for one in before):
        return conflict(_("An attempt is running; go on with it."))
    if any(one.is_passed for one in before):
        return conflict(_("You have passed this quiz."))
    if len(before) >= quiz.attempts:
        return conflict(_("All attempts are used up."))
    again = next_attempt_at(quiz, before)
    if again is not None and now < again:
        at = f"{again.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}"
        return conflict(_("The next attempt is possible from %(at)s on.") % {"at": at})
    return ALLOWED


def next_attempt_at(quiz: Quiz, before: Sequence[Attempt]) -> datetime | None:
    """None: at once."""
    last = before[-1].submitted_at if before else None
    return last + timedelta(hours=quiz.wait_hours) if last else None


def can_answer(actor: Actor, attempt: Attempt) -> Verdict:
    if not (verdict := is_own_study(actor, attempt.enrolment)):
        return verdict
    if not attempt.is_running:
        return conflict(_("This attempt has been handed in."))
    return ALLOWED


def is_in_time(attempt: Attempt, now: datetime) -> Verdict:
    if now > attempt.due_at:
        return conflict(_("The time of this attempt is over; what you had saved counts."))
    return ALLOWED


def answer_is_sound(asked: AskedQuestion, chosen: Sequence[int]) -> Verdict:
    name = f"answer-{asked.position}"
    if not set(chosen) <= set(asked.order) or len(set(chosen)) != len(chosen):
        return flawless([Flaw(name, _("Choose from the options there are."))])
    if len(chosen) > 1 and not asked.question.takes_several:
        return flawless([Flaw(name, _("Choose one option."))])
    return ALLOWED


def can_read_answers(
    actor: Actor, attempt: Attempt, quiz: Quiz, before: Sequence[Attempt]
) -> Verdict:
    """Which were right, and why: once no attempt is left that this would spoil."""
    if attempt.is_running:
        return conflict(_("Answers are shown when the attempt is handed in."))
    if not is_own_study(actor, attempt.enrolment) and not can_run_training(actor):
        return forbidden(_("Answers are shown to the learner."))
    is_last = len(before) >= quiz.attempts and not any(one.is_running for one in before)
    is_over = attempt.enrolment.outcome != Outcome.NONE
    is_late = clock.now() > attempt.enrolment.session.finishes_until
    if is_last or is_over or is_late or any(one.is_passed for one in before):
        return ALLOWED
    return conflict(_("Answers and explanations are shown when no attempt is left, or passed."))
