"""People who want to be forgotten."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor


class ErasureRequestQuerySet(models.QuerySet["ErasureRequest"]):
    def open(self) -> ErasureRequestQuerySet:
        return self.filter(withdrawn_at=None, erased_at=None)

    def due(self, now: datetime) -> ErasureRequestQuerySet:
        return self.open().filter(due_at__lte=now)

    def of(self, actor: Actor) -> ErasureRequestQuerySet:
        return self.filter(person=actor.user) if actor.user else self.none()


class ErasureRequest(models.Model):
    """A person's wish to be erased. Until `due_at` they may change their mind; then what identifies
    them goes, and the row stays as the proof."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="erasure_requests",
        verbose_name=_("person"),
    )
    asked_at = models.DateTimeField(_("asked at"))
    due_at = models.DateTimeField(_("due at"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)
    erased_at = models.DateTimeField(_("erased at"), null=True)

    objects = ErasureRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("deletion request")
        verbose_name_plural = _("deletion requests")
        permissions: ClassVar = [("reveal_contact", "Can see the contacts of parties in full")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(withdrawn_at=None, erased_at=None),
                name="erasure_one_open",
            ),
            models.CheckConstraint(
                name="erasure_ends_one_way", condition=Q(withdrawn_at=None) | Q(erased_at=None)
            ),
            models.CheckConstraint(
                name="erasure_leaves_time", condition=Q(due_at__gt=F("asked_at"))
            ),
            models.CheckConstraint(
                name="erasure_not_before_due",
                condition=Q(erased_at=None) | Q(erased_at__gte=F("due_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.asked_at:%Y-%m-%d}"
