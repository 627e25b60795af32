"""Who hands in practical work, who marks it, and who says what of a course."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Flaw, Verdict, conflict, flawless, forbidden
from training.assessment.models import Assignment, Criterion, Mark, Work
from training.assessment.rules.quizzes import can_be_examined
from training.assessment.states import WorkStatus
from training.learning.models import Enrolment
from training.learning.rules import is_own_study
from training.learning.states import Outcome

MOST_FILES = 5
MOST_TEXT = 10_000
MOST_WORDS = 2000
FEEDBACK_FOR = timedelta(days=90)  # after the end


def can_hand_in(
    actor: Actor,
    enrolment: Enrolment,
    assignment: Assignment,
    before: Sequence[Work],
    now: datetime,
) -> Verdict:
    """`before`: the works of this enrolment."""
    if not (verdict := can_be_examined(actor, enrolment, now)):
        return verdict
    if any(one.status == WorkStatus.WAITING for one in before):
        return conflict(_("Your work is being marked; wait for what comes of it."))
    if any(one.is_passed for one in before):
        return conflict(_("You have passed this assignment."))
    if len(before) >= assignment.attempts:
        return conflict(_("All attempts are used up."))
    return ALLOWED


def work_is_sound(text: str, files: int) -> Verdict:
    return flawless(_flaws_of_work(text, files))


def _flaws_of_work(text: str, files: int) -> Iterator[Flaw]:
    if not text.strip() and not files:
        yield Flaw("text", _("Write something, or add a file."))
    if len(text.strip()) > MOST_TEXT:
        yield Flaw("text", _("Up to %(n)s characters.") % {"n": MOST_TEXT})
    if files > MOST_FILES:
        yield Flaw("files", _("Up to %(n)s files.") % {"n": MOST_FILES})


def can_mark(actor: Actor, mark: Mark) -> Verdict:
    """Once, and only who was asked."""
    if actor.user_id is None or mark.marker_id != actor.user_id:
        return forbidden(_("Only who was asked marks this work."))
    if mark.given_at is not None:
        return conflict(_("You have marked this work."))
    return ALLOWED


def mark_is_sound(points: Sequence[int], words: str, criteria: Sequence[Criterion]) -> Verdict:
    return flawless(_flaws_of_mark(points, words, criteria))


def _flaws_of_mark(
    points: Sequence[int], words: str, criteria: Sequence[Criterion]
) -> Iterator[Flaw]:
    if len(points) != len(criteria):
        yield Flaw("points", _("Give points for each criterion."))
    for given, criterion in zip(points, criteria, strict=False):
        if not 0 <= given <= criterion.points:
            name = f"points-{criterion.position}"
            yield Flaw(name, _("From 0 to %(n)s points.") % {"n": criterion.points})
    if not 1 <= len(words.strip()) <= MOST_WORDS:
        yield Flaw("words", _("Say in up to 2,000 characters what is good and what to do better."))


def can_give_feedback(
    actor: Actor, enrolment: Enrolment, has_given: bool, now: datetime
) -> Verdict:
    if not (verdict := is_own_study(actor, enrolment)):
        return verdict
    if not enrolment.has_seat:
        return conflict(_("This is for who has a seat."))
    if has_given:
        return conflict(_("You have given feedback on this course."))
    ended = enrolment.ended_at or enrolment.session.ends_at
    if enrolment.outcome == Outcome.NONE and now < enrolment.session.ends_at:
        return conflict(_("Feedback is given when the course is over."))
    if now > ended + FEEDBACK_FOR:
        return conflict(_("The time for feedback is over."))
    return ALLOWED


def feedback_is_sound(stars: int, words: str) -> Verdict:
    flaws = []
    if not 1 <= stars <= 5:
        flaws.append(Flaw("stars", _("From one to five stars.")))
    if len(words.strip()) > 600:
        flaws.append(Flaw("words", _("Up to %(n)s characters.") % {"n": 600}))
    return flawless(flaws)
