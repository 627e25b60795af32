"""Sums of what is final. They only make reading quick: all of it can be added up again."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.ledger.models.accounts import Account
from portal.ledger.models.xact import TransactionIdField


class Watermark(models.Model):
    """Up to where checkpoints reach: every entry of a transaction below `upto` is in them, and no
    transaction below it can still commit. One row, or none before the first time."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    upto = TransactionIdField(_("transaction"))
    moved_at = models.DateTimeField(_("moved at"))

    class Meta:
        verbose_name = _("watermark")
        verbose_name_plural = _("watermarks")
        constraints: ClassVar = [
            models.CheckConstraint(name="ledger_one_watermark", condition=Q(id=1))
        ]

    def __str__(self) -> str:
        return str(self.upto)


class Checkpoint(models.Model):
    """An account's entries below the watermark, added up."""

    account = models.OneToOneField(
        Account, models.PROTECT, primary_key=True, verbose_name=_("account")
    )
    amount = models.BigIntegerField(_("amount (fen)"))

    class Meta:
        verbose_name = _("checkpoint")
        verbose_name_plural = _("checkpoints")

    def __str__(self) -> str:
        return f"{self.account_id} {self.amount}"
