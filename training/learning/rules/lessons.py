"""Who reads lessons, and whose progress it is."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Verdict, conflict, forbidden, unmet
from portal.parties.rules import can_manage_party
from training.courses.models import Lesson
from training.learning.models import Enrolment
from training.learning.states import Outcome


def is_own_study(actor: Actor, enrolment: Enrolment) -> Verdict:
    """Oneself; for somebody of the team without an account, who manages the party."""
    if enrolment.learner.user_id is not None:
        if enrolment.learner.user_id == actor.user_id:
            return ALLOWED
        return forbidden(_("Only the learner does this."))
    return can_manage_party(actor, enrolment.party)


def can_read_in(enrolment: Enrolment, now: datetime) -> Verdict:
    """Who has a seat reads, also afterwards; at one's own pace from the first day on."""
    if not enrolment.has_seat:
        return conflict(_("Lessons are read by who has a seat."))
    if enrolment.session.is_own_pace and now < enrolment.session.starts_at:
        return conflict(_("This session has not begun."))
    return ALLOWED


def can_study(actor: Actor, enrolment: Enrolment, lesson: Lesson, now: datetime) -> Verdict:
    """Whether progress is written down."""
    if not (verdict := is_own_study(actor, enrolment)):
        return verdict
    if not (verdict := can_read_in(enrolment, now)):
        return verdict
    if lesson.course_id != enrolment.session.course_id:
        return unmet(_("This lesson is of another course."))
    if enrolment.outcome != Outcome.NONE:
        return conflict(_("This course has been finished."))
    if now > enrolment.session.finishes_until:
        return conflict(_("The time to finish this course is over."))
    return ALLOWED
