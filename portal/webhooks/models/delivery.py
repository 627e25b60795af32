"""What was told, to which webhook, and how each try went."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.parties.models import Party
from portal.webhooks.models.webhook import Webhook
from portal.webhooks.states import DeliveryState


class Event(models.Model):
    """Something that happened to a party, written in the transaction of the change."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    party = models.ForeignKey(Party, models.PROTECT, verbose_name=_("party"))
    type = models.CharField(_("type"), max_length=60)
    data = models.JSONField(_("data"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("webhook event")
        verbose_name_plural = _("webhook events")
        indexes: ClassVar = [models.Index(fields=["at"], name="webhook_event_by_time")]

    def __str__(self) -> str:
        return f"{self.type} {self.id}"

    @property
    def message_id(self) -> str:
        """The same for each try and replay, so that a receiver knows what it had."""
        return f"msg_{self.id.hex}"


class WebhookDeliveryQuerySet(models.QuerySet["WebhookDelivery"]):
    def visible_to(self, actor: Actor) -> WebhookDeliveryQuerySet:
        if actor.party_id is None:
            return self.none()
        return self.filter(webhook__party=actor.party_id)

    def pending(self) -> WebhookDeliveryQuerySet:
        return self.filter(state=DeliveryState.PENDING)


class WebhookDelivery(models.Model):
    """One event for one webhook; asked for again it is another delivery of the same event."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    webhook = models.ForeignKey(Webhook, models.PROTECT, related_name="deliveries")
    event = models.ForeignKey(Event, models.CASCADE, related_name="deliveries")
    replays = models.ForeignKey("self", models.CASCADE, null=True)
    state = models.CharField(
        _("state"),
        max_length=9,
        choices=DeliveryState.choices,
        default=DeliveryState.PENDING,
    )
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    created_at = models.DateTimeField(_("created at"))
    next_at = models.DateTimeField(_("next try"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)

    objects = WebhookDeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("webhook delivery")
        verbose_name_plural = _("webhook deliveries")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["webhook", "event"],
                condition=Q(replays=None),
                name="webhook_delivery_once",
            ),
            models.CheckConstraint(
                name="webhook_delivery_ends_or_goes_on",
                condition=Q(state="pending", next_at__isnull=False, ended_at=None)
                | Q(state__in=["delivered", "failed"], next_at=None, ended_at__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_at"], condition=Q(state="pending"), name="webhook_delivery_due"
            ),
            models.Index(fields=["webhook", "-created_at"], name="webhook_delivery_newest"),
            models.Index(fields=["created_at"], name="webhook_delivery_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.state}"

    def get_absolute_url(self) -> str:
        return reverse("webhook_delivery_detail", args=[self.pk])


class Attempt(models.Model):
    """One try: the answer, cut short, or why there was none."""

    id = models.BigAutoField(primary_key=True)
    delivery = models.ForeignKey(WebhookDelivery, models.CASCADE, related_name="attempts")
    number = models.PositiveSmallIntegerField(_("try"))
    at = models.DateTimeField(_("at"))
    status = models.PositiveSmallIntegerField(_("answer"), null=True)
    answer = models.TextField(_("body of the answer"), blank=True, max_length=2_000)
    problem = models.CharField(_("why there was no answer"), max_length=200, blank=True)
    milliseconds = models.PositiveIntegerField(_("milliseconds"), default=0)

    class Meta:
        verbose_name = _("webhook attempt")
        verbose_name_plural = _("webhook attempts")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["delivery", "number"], name="webhook_attempt_once"),
            models.CheckConstraint(
                name="webhook_attempt_answer_or_problem",
                condition=Q(status=None) & ~Q(problem="") | Q(status__isnull=False, problem=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delivery_id} {self.number}"

    @property
    def is_success(self) -> bool:
        return self.status is not None and 200 <= self.status < 300
