"""Who is enrolled reads the course's materials."""

from __future__ import annotations

from portal.core.actor import Actor
from training.courses.files import register_reader
from training.courses.models import Course
from training.learning.models import Enrolment


@register_reader
def is_enrolled(actor: Actor, course: Course) -> bool:
    if actor.user_id is None:
        return False
    rows = Enrolment.objects.seated().filter(session__course=course)
    return rows.filter(learner__user=actor.user_id).exists()
