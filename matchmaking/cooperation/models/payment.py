"""That money of a cooperation was really paid: what reviews stand on."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from matchmaking.cooperation.models.cooperation import Cooperation
from portal.revenue.models import Bill, OrderLine


class FirstPayment(models.Model):
    """Seen once, with what shows it: an order line that settled, or a bill that was paid. The
    database asks both. Only added."""

    cooperation = models.OneToOneField(
        Cooperation, models.PROTECT, primary_key=True, related_name="payment"
    )
    at = models.DateTimeField(_("seen at"))
    line = models.ForeignKey(
        OrderLine, models.PROTECT, null=True, related_name="+", verbose_name=_("order line")
    )
    bill = models.ForeignKey(
        Bill, models.PROTECT, null=True, related_name="+", verbose_name=_("bill")
    )

    class Meta:
        verbose_name = _("first payment of a cooperation")
        verbose_name_plural = _("first payments of cooperations")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="first_payment_shows_one",
                condition=Q(line__isnull=False, bill=None) | Q(line=None, bill__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.cooperation_id} {self.at:%Y-%m-%d}"
