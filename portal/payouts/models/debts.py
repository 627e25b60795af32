"""What the platform itself owes a party and pays directly: a deposit that goes back."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.parties.models import Party
from portal.payouts.states import UNDER_WAY


class DebtQuerySet(models.QuerySet["Debt"]):
    def visible_to(self, actor: Actor) -> DebtQuerySet:
        return self.filter(party=actor.party_id) if actor.party_id else self.none()

    def to_pay(self) -> DebtQuerySet:
        """What of it has not arrived, unless that is on its way: `arrived` says how much has."""
        arrived = Coalesce(Sum("items__paid_fen"), 0, output_field=models.BigIntegerField())
        left = self.annotate(arrived=arrived).filter(arrived__lt=F("amount_fen"))
        return left.exclude(items__status__in=UNDER_WAY)


class Debt(models.Model):
    """Stands on the party's account "in payment" from the day it is owed until it has arrived.
    `key` says what owes it, once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    party = models.ForeignKey(
        Party, models.PROTECT, related_name="payout_debts", verbose_name=_("party")
    )
    key = models.CharField(_("key"), max_length=80, unique=True)
    text = models.CharField(_("what for"), max_length=120)
    amount_fen = models.BigIntegerField(_("amount (fen)"))
    owed_at = models.DateTimeField(_("owed since"))

    objects = DebtQuerySet.as_manager()

    class Meta:
        verbose_name = _("debt of the platform")
        verbose_name_plural = _("debts of the platform")
        constraints: ClassVar = [
            models.CheckConstraint(name="payout_debt_amount", condition=Q(amount_fen__gt=0))
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def rest_fen(self) -> int:
        """What has not arrived; of rows that `to_pay` found."""
        return self.amount_fen - int(getattr(self, "arrived", 0))
