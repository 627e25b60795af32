"""What who teaches a session says to everybody in it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from training.courses.models import Session
from training.learning.models.enrolments import Enrolment


class ClassMessageQuerySet(models.QuerySet["ClassMessage"]):
    def visible_to(self, actor: Actor) -> ClassMessageQuerySet:
        """Who has a seat, their party, and who teaches it; operators see all."""
        if actor.has_perm("learning.view_enrolment"):
            return self
        seen = Enrolment.objects.visible_to(actor).seated().values("session")
        return self.filter(
            Q(session__in=seen) | Q(session__in=Session.objects.taught_by(actor.user_id or 0))
        )


class ClassMessage(models.Model):
    """`reached`: how many people had a seat then. Never changed, never taken back: everybody was
    told."""

    id = models.BigAutoField(primary_key=True)
    session = models.ForeignKey(Session, models.PROTECT, related_name="class_messages")
    text = models.TextField(_("text"), max_length=1000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("sent at"))
    reached = models.PositiveIntegerField(_("people told"))

    objects = ClassMessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message to a class")
        verbose_name_plural = _("messages to classes")
        constraints: ClassVar = [
            models.CheckConstraint(name="class_message_says_something", condition=~Q(text="")),
        ]
        indexes: ClassVar = [models.Index(fields=["session", "-at"], name="class_message_newest")]

    def __str__(self) -> str:
        return f"{self.session_id} {self.at:%Y-%m-%d}"
