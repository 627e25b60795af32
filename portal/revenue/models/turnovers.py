"""What sold by whom, month by month: counted each night, so that a home reads a dozen rows however
many orders there are."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.parties.models import MembershipScopes, Party, narrowed
from portal.revenue.order_states import Channel


class TurnoverQuerySet(models.QuerySet["Turnover"]):
    def visible_to(self, actor: Actor) -> TurnoverQuerySet:
        """A party's own; who is narrowed there to some creators or shops sees no sum of all."""
        if actor.party_id is None:
            return self.none()
        return self.filter(narrowed(actor, _nothing), party=actor.party_id)


def _nothing(_scopes: MembershipScopes) -> Q:
    return Q(pk__in=[])


class Turnover(models.Model):
    """Lines that were paid in one month, in Shanghai, with this party in this role. `net_fen`: what
    of them settled, less refunds; it grows for weeks after the month."""

    id = models.BigAutoField(primary_key=True)
    role = models.CharField(_("role"), max_length=8)
    party = models.ForeignKey(
        Party, models.PROTECT, related_name="+", db_index=False, verbose_name=_("party")
    )
    month = models.DateField(_("month"))
    lines = models.PositiveIntegerField(_("order lines"))
    paid_fen = models.BigIntegerField(_("paid (fen)"))
    net_fen = models.BigIntegerField(_("settled less refunds (fen)"))
    refunded_fen = models.BigIntegerField(_("refunded (fen)"))
    counted_at = models.DateTimeField(_("counted at"))

    objects = TurnoverQuerySet.as_manager()

    class Meta:
        verbose_name = _("turnover of a month")
        verbose_name_plural = _("turnovers by month")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["party", "role", "month"], name="turnover_once_a_month"
            ),
            models.CheckConstraint(
                name="turnover_within_paid",
                condition=Q(
                    net_fen__range=(0, F("paid_fen")), refunded_fen__range=(0, F("paid_fen"))
                ),
            ),
            models.CheckConstraint(name="turnover_of_a_month", condition=Q(month__day=1)),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.role} {self.month:%Y-%m}"


class ChannelTurnoverQuerySet(models.QuerySet["ChannelTurnover"]):
    def visible_to(self, actor: Actor) -> ChannelTurnoverQuerySet:
        """As the turnover it is a part of."""
        if actor.party_id is None:
            return self.none()
        return self.filter(narrowed(actor, _nothing), merchant=actor.party_id)


class ChannelTurnover(models.Model):
    """What of a merchant's turnover of a month came by one channel."""

    id = models.BigAutoField(primary_key=True)
    merchant = models.ForeignKey(
        Party, models.PROTECT, related_name="+", db_index=False, verbose_name=_("merchant")
    )
    channel = models.CharField(_("channel"), max_length=14, choices=Channel.choices)
    month = models.DateField(_("month"))
    lines = models.PositiveIntegerField(_("order lines"))
    paid_fen = models.BigIntegerField(_("paid (fen)"))
    net_fen = models.BigIntegerField(_("settled less refunds (fen)"))
    refunded_fen = models.BigIntegerField(_("refunded (fen)"))
    counted_at = models.DateTimeField(_("counted at"))

    objects = ChannelTurnoverQuerySet.as_manager()

    class Meta:
        verbose_name = _("turnover of a channel")
        verbose_name_plural = _("turnovers by channel")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["merchant", "channel", "month"], name="channel_turnover_once_a_month"
            ),
            models.CheckConstraint(
                name="channel_turnover_within_paid",
                condition=Q(
                    net_fen__range=(0, F("paid_fen")), refunded_fen__range=(0, F("paid_fen"))
                ),
            ),
            models.CheckConstraint(name="channel_turnover_of_a_month", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="channel_turnover_known", condition=Q(channel__in=Channel.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.merchant_id} {self.channel} {self.month:%Y-%m}"
