"""Where a party wants to be told, and of what."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.parties.models import Party
from portal.webhooks.states import Pause


class WebhookQuerySet(models.QuerySet["Webhook"]):
    def visible_to(self, actor: Actor) -> WebhookQuerySet:
        """Of the party one speaks for."""
        return self.filter(party=actor.party_id) if actor.party_id is not None else self.none()

    def open(self) -> WebhookQuerySet:
        return self.filter(ended_at=None)

    def live(self) -> WebhookQuerySet:
        """Open and not paused."""
        return self.open().filter(paused_at=None)


class Webhook(models.Model):
    """A subscription. Its secrets are sealed: the site must sign with them, and shows them once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    party = models.ForeignKey(Party, models.PROTECT, verbose_name=_("party"))
    url = models.CharField(_("address"), max_length=500)
    events = ArrayField(models.CharField(max_length=60), verbose_name=_("events"))
    secret_sealed = models.BinaryField()
    old_secret_sealed = models.BinaryField(null=True)
    old_secret_until = models.DateTimeField(_("old secret works until"), null=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by")
    )
    created_at = models.DateTimeField(_("created at"))
    busy_until = models.DateTimeField(null=True)  # one request at a time for each receiver
    failing_since = models.DateTimeField(_("failing since"), null=True)
    delivered_at = models.DateTimeField(_("last delivered"), null=True)
    paused_at = models.DateTimeField(_("paused at"), null=True)
    pause = models.CharField(_("why paused"), max_length=8, choices=Pause.choices, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)

    objects = WebhookQuerySet.as_manager()

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        permissions: ClassVar = [("pause_webhook", "Can pause webhooks of parties")]
        constraints: ClassVar = [
            models.CheckConstraint(name="webhook_of_something", condition=Q(events__len__gt=0)),
            models.CheckConstraint(
                name="webhook_paused_says_why",
                condition=Q(paused_at=None, pause="") | Q(paused_at__isnull=False) & ~Q(pause=""),
            ),
            models.CheckConstraint(
                name="webhook_old_secret_ends",
                condition=Q(old_secret_sealed=None, old_secret_until=None)
                | Q(old_secret_sealed__isnull=False, old_secret_until__isnull=False),
            ),
            models.CheckConstraint(
                name="webhook_ends_later",
                condition=Q(ended_at=None) | Q(ended_at__gte=F("created_at")),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["party"],
                condition=Q(ended_at=None, paused_at=None),
                name="webhook_live_of_party",
            )
        ]

    def __str__(self) -> str:
        return f"{self.party_id} → {self.host}"

    def get_absolute_url(self) -> str:
        return reverse("webhook_detail", args=[self.pk])

    @property
    def host(self) -> str:
        """What logs and audit say of the address: its path may hold a key."""
        return self.url.partition("://")[2].partition("/")[0].partition("?")[0]

    @property
    def status(self) -> str:
        """In a word, for its tag."""
        if self.ended_at is not None:
            return "ended"
        if self.paused_at is not None:
            return "paused"
        return "failing" if self.failing_since is not None else "live"

    def get_status_display(self) -> str:
        words = {
            "ended": _("Ended"),
            "paused": _("Paused"),
            "failing": _("Failing"),
            "live": _("In use"),
        }
        return str(words[self.status])

    def has_old_secret(self, now: datetime) -> bool:
        return self.old_secret_until is not None and self.old_secret_until > now
