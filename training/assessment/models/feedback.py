"""What learners say of a course."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from training.courses.models import Session
from training.learning.models import Enrolment


class Feedback(models.Model):
    """What a learner says of a course afterwards, once. Nobody is shown whose it is."""

    enrolment = models.OneToOneField(
        Enrolment, models.PROTECT, primary_key=True, related_name="feedback"
    )
    session = models.ForeignKey(Session, models.PROTECT, related_name="feedback")
    stars = models.PositiveSmallIntegerField(_("stars"))
    words = models.CharField(_("words"), max_length=600, blank=True)
    given_at = models.DateTimeField(_("given at"))

    class Meta:
        verbose_name = _("feedback on a course")
        verbose_name_plural = _("feedback on courses")
        constraints: ClassVar = [
            models.CheckConstraint(name="course_feedback_stars", condition=Q(stars__range=(1, 5)))
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.stars}"
