"""The inbox. A notice keeps its sentence as a source string, read in its reader's language."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.notices.models.digest import Digest


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, actor: Actor) -> NoticeQuerySet:
        return self.filter(user=actor.user) if actor.user else self.none()

    def unread(self) -> NoticeQuerySet:
        return self.filter(read_at__isnull=True)

    def gathering(self) -> NoticeQuerySet:
        """For the next digest of their readers."""
        return self.filter(awaits_digest=True)


class Notice(models.Model):
    """Something a person should know, for the party it concerns."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    party_id = models.BigIntegerField(null=True)  # notices know no parties
    event = models.CharField(max_length=60)
    key = models.CharField(max_length=120)  # the same event is told to a person once
    sentence = models.CharField(max_length=300)
    params = models.JSONField(default=dict)
    url = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    awaits_digest = models.BooleanField(default=False)
    digest = models.ForeignKey(Digest, models.SET_NULL, null=True, related_name="notices")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "key"], name="notice_once"),
            models.CheckConstraint(
                name="notice_in_one_digest", condition=Q(awaits_digest=False) | Q(digest=None)
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["user", "-created_at", "-id"], name="notice_inbox_by_time"),
            models.Index(fields=["user"], condition=Q(read_at__isnull=True), name="notice_unread"),
            models.Index(fields=["user"], condition=Q(awaits_digest=True), name="notice_gathering"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """The sentence in the reader's language; a param named t_… is itself translated, and one
        with a name in each language (`services.in_both`) is read in the reader's."""
        params = {k: gettext(v) if k.startswith("t_") else v for k, v in self.params.items()}
        return gettext(self.sentence) % {k: _own_name(v) for k, v in params.items()}


def _own_name(value: object) -> object:
    if not isinstance(value, dict):
        return value
    return value["en" if (get_language() or "").startswith("en") else "zh"]
