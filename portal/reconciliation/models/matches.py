"""Which bank row is which payment of the books."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.reconciliation.states import MatchedBy
from portal.revenue.models import BankRow


class BankMatch(models.Model):
    """A row of the bank is one payment, and a payment is one row; taken back, both are free."""

    id = models.BigAutoField(primary_key=True)
    row = models.ForeignKey(
        BankRow, models.PROTECT, related_name="matches", verbose_name=_("bank row")
    )
    source = models.CharField(_("of"), max_length=20)
    key = models.CharField(_("payment"), max_length=80)
    how = models.CharField(_("known"), max_length=9, choices=MatchedBy.choices)
    matched_at = models.DateTimeField(_("matched at"))
    matched_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("matched by"),
    )
    ended_at = models.DateTimeField(_("taken back at"), null=True)

    class Meta:
        verbose_name = _("match of a bank row")
        verbose_name_plural = _("matches of bank rows")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["row"], condition=Q(ended_at=None), name="bank_row_matched_once"
            ),
            models.UniqueConstraint(
                fields=["source", "key"], condition=Q(ended_at=None), name="payment_matched_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.row} {self.source} {self.key}"
