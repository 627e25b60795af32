"""What a learner says of a course, once."""

from __future__ import annotations

from django.db import transaction

from portal.core import audit, clock
from portal.core.actor import Actor
from training.assessment import rules
from training.assessment.models import Feedback
from training.learning.models import Enrolment
from training.learning.services.enrolments import lock_enrolment


@transaction.atomic
def give_feedback(actor: Actor, *, enrolment: Enrolment, stars: int, words: str = "") -> Feedback:
    """Written down that it was given, not what was said: nobody reads whose it is."""
    enrolment = lock_enrolment(enrolment)
    has_given = Feedback.objects.filter(enrolment=enrolment).exists()
    rules.can_give_feedback(actor, enrolment, has_given, clock.now()).require()
    rules.feedback_is_sound(stars, words).require()
    made = Feedback.objects.create(
        enrolment=enrolment,
        session_id=enrolment.session_id,
        stars=stars,
        words=words.strip(),
        given_at=clock.now(),
    )
    audit.record(actor, "give_course_feedback", enrolment)
    return made
