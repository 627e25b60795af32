"""Progress in lessons: opened, done."""

from __future__ import annotations

from django.db import transaction

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.seats import services as seats
from portal.seats.states import ClaimStatus
from training.courses.models import Lesson
from training.learning import rules
from training.learning.models import Enrolment, LessonProgress
from training.learning.services.enrolments import lock_enrolment
from training.learning.services.settling import settle_enrolment


@transaction.atomic
def open_lesson(actor: Actor, *, enrolment: Enrolment, lesson: Lesson) -> LessonProgress:
    """Read for the first time; again it stays so. At one's own pace this is being there."""
    rules.can_study(actor, enrolment, lesson, clock.now()).require()
    progress, is_new = LessonProgress.objects.get_or_create(
        enrolment=enrolment, lesson=lesson, defaults={"opened_at": clock.now()}
    )
    if is_new and enrolment.session.is_own_pace and enrolment.status == ClaimStatus.CONFIRMED:
        enrolment.claim = seats.mark_present(actor, claim=enrolment.claim)
    return progress


@transaction.atomic
def finish_lesson(actor: Actor, *, enrolment: Enrolment, lesson: Lesson) -> LessonProgress:
    """Done; the last of them may complete the course."""
    enrolment = lock_enrolment(enrolment)
    progress = open_lesson(actor, enrolment=enrolment, lesson=lesson)
    if progress.done_at is None:
        progress.done_at = max(clock.now(), progress.opened_at)
        progress.save(update_fields=["done_at"])
        audit.record(actor, "finish_lesson", enrolment, after={"lesson": lesson.position})
        settle_enrolment(actor, enrolment=enrolment)
    return progress
