"""The audit trail, the outbox, and the first answers of the API."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class AuditEntry(models.Model):
    """Who did what to which object, before and after, and why. Append-only by database grants."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(_("at"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("person")
    )
    party_id = models.BigIntegerField(_("party"), null=True)  # core knows no parties
    role = models.CharField(_("role"), max_length=16)
    via = models.CharField(_("via"), max_length=16)
    key_party_id = models.BigIntegerField(_("key of party"), null=True)  # acting for party_id
    verb = models.CharField(_("verb"), max_length=64)
    object_type = models.CharField(_("object type"), max_length=64)
    object_id = models.CharField(_("object"), max_length=64)
    before = models.JSONField(_("before"), default=dict)
    after = models.JSONField(_("after"), default=dict)
    why = models.TextField(_("why"), blank=True)
    request_id = models.CharField(_("request"), max_length=36, blank=True)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        indexes: ClassVar = [
            models.Index(fields=["object_type", "object_id", "id"], name="audit_by_object"),
            models.Index(fields=["at"], name="audit_by_time"),
            models.Index(
                fields=["party_id", "at"],
                condition=Q(party_id__isnull=False, user__isnull=False),
                name="audit_of_party",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.object_type} {self.object_id}"


class OutboxMessage(models.Model):
    """What must follow a commit. Written in the same transaction, delivered at least once."""

    id = models.BigAutoField(primary_key=True)
    task = models.CharField(_("task"), max_length=120)
    key = models.CharField(_("key"), max_length=120, unique=True)
    payload = models.JSONField(_("payload"), default=dict)
    created_at = models.DateTimeField(_("created at"))
    due_at = models.DateTimeField(_("due at"))
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.TextField(_("error"), blank=True)
    delivered_at = models.DateTimeField(_("delivered at"), null=True)

    class Meta:
        verbose_name = _("outbox message")
        verbose_name_plural = _("outbox messages")
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"], condition=Q(delivered_at__isnull=True), name="outbox_waiting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.key}"


class IdempotencyKey(models.Model):
    """The first answer to an API write, given again to the same credential, key and body."""

    id = models.BigAutoField(primary_key=True)
    credential = models.CharField(max_length=80)
    key = models.CharField(max_length=200)
    body_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    answer = models.JSONField()
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["credential", "key"], name="idempotency_key_once")
        ]

    def __str__(self) -> str:
        return f"{self.credential} {self.key}"
