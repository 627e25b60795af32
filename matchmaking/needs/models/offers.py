"""What was offered, by whom, in which order: a negotiation is its versions."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from matchmaking.cooperation.models import price_from
from matchmaking.engine.pricing import Price
from matchmaking.needs import states
from matchmaking.needs.models.proposals import Proposal


class Offer(models.Model):
    """One version of a proposal's terms, by one side. Append-only by database grants. `agrees_to`
    names the other side's version whose terms these are."""

    id = models.BigAutoField(primary_key=True)
    proposal = models.ForeignKey(
        Proposal, models.PROTECT, verbose_name=_("proposal"), related_name="offers"
    )
    number = models.PositiveIntegerField(_("version"))
    side = models.CharField(_("by"), max_length=8, choices=states.Side.choices)
    agrees_to = models.PositiveIntegerField(_("agrees to version"), null=True)
    monthly_fee_fen = models.BigIntegerField(_("fixed fee a month"))
    share_bp = models.PositiveIntegerField(_("share of settled net GMV"))
    ladder = models.JSONField(_("ladder"), default=list)
    is_guarantee = models.BooleanField(_("the fee is a guarantee"), default=False)
    starts_on = models.DateField(_("start"))
    term_months = models.PositiveSmallIntegerField(_("length (months)"))
    note = models.CharField(_("in words"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["proposal", "number"], name="offer_number_once"),
            models.CheckConstraint(
                name="offer_price",
                condition=Q(monthly_fee_fen__gte=0, share_bp__gte=0, share_bp__lte=10_000)
                & (Q(monthly_fee_fen__gt=0) | Q(share_bp__gt=0)),
            ),
            models.CheckConstraint(
                name="offer_guarantee_has_both",
                condition=Q(is_guarantee=False) | Q(monthly_fee_fen__gt=0, share_bp__gt=0),
            ),
            models.CheckConstraint(
                name="offer_term", condition=Q(term_months__gte=1, term_months__lte=36)
            ),
            models.CheckConstraint(
                name="offer_agrees_to_an_earlier_one",
                condition=Q(agrees_to=None) | Q(agrees_to__lt=models.F("number")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} v{self.number}"

    @property
    def price(self) -> Price:
        return price_from(self.monthly_fee_fen, self.share_bp, self.ladder, self.is_guarantee)
