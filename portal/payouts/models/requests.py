"""A party asks for what is available to it; the next batch that pays it takes the request."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.parties.models import Party
from portal.payouts.models.batches import Batch
from portal.payouts.states import RequestStatus


class PayoutRequestQuerySet(models.QuerySet["PayoutRequest"]):
    def visible_to(self, actor: Actor) -> PayoutRequestQuerySet:
        """A party's own; those who see batches see all."""
        if actor.party_id is not None:
            return self.filter(party=actor.party_id)
        return self.all() if actor.has_perm("payouts.view_payoutrequest") else self.none()

    def waiting(self) -> PayoutRequestQuerySet:
        return self.filter(status=RequestStatus.WAITING)

    def standing(self) -> PayoutRequestQuerySet:
        """Neither on its way nor taken back: a party has one at most."""
        return self.filter(status__in=[RequestStatus.WAITING, RequestStatus.TAKEN])


class PayoutRequest(models.Model):
    """`amount_fen`: what was available when it was asked for. A batch pays what is there then. What
    a batch leaves out waits again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    party = models.ForeignKey(
        Party, models.PROTECT, related_name="payout_requests", verbose_name=_("party")
    )
    amount_fen = models.BigIntegerField(_("available then (fen)"))
    asked_at = models.DateTimeField(_("asked at"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("asked by"),
    )
    status = models.CharField(
        _("status"), max_length=9, choices=RequestStatus.choices, default=RequestStatus.WAITING
    )
    batch = models.ForeignKey(
        Batch, models.PROTECT, null=True, related_name="requests", verbose_name=_("batch")
    )
    ended_at = models.DateTimeField(_("ended at"), null=True)

    objects = PayoutRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("payout request")
        verbose_name_plural = _("payout requests")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["party"],
                condition=Q(status__in=["waiting", "taken"]),
                name="payout_request_one_stands",
            ),
            models.CheckConstraint(name="payout_request_amount", condition=Q(amount_fen__gt=0)),
            models.CheckConstraint(
                name="payout_request_status_has_its_facts",
                condition=Q(status="waiting", batch=None, ended_at=None)
                | Q(status="taken", batch__isnull=False, ended_at=None)
                | Q(status="on_way", batch__isnull=False, ended_at__isnull=False)
                | Q(status="withdrawn", batch=None, ended_at__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["party", "-asked_at"], name="payout_request_of_party"),
            models.Index(
                fields=["asked_at"], condition=Q(status="waiting"), name="payout_request_waits"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.asked_at:%Y-%m-%d}"
