"""What agreements owe once a month, as it was posted."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.ledger.models import Journal
from portal.revenue.models import AgreementVersion
from portal.settlement.models.runs import Run


class TrueUp(models.Model):
    """A row as `manage.py split` writes it: of `posted_in`, or the difference that what came later
    makes to the month `corrects`. net_fen: the turnover it rests on, of the month it is about, as
    known by then. A second row of the same, in a later run, is what events told late changed."""

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(Run, models.PROTECT, related_name="true_ups", verbose_name=_("run"))
    version = models.ForeignKey(AgreementVersion, models.PROTECT, related_name="true_ups")
    code = models.CharField(_("part"), max_length=40)
    posted_in = models.DateField(_("month"))
    corrects = models.DateField(_("corrects the month"), null=True)
    net_fen = models.BigIntegerField(_("turnover (fen)"))
    amount_fen = models.BigIntegerField(_("amount (fen)"))
    journal = models.OneToOneField(
        Journal, models.PROTECT, related_name="+", verbose_name=_("journal")
    )

    class Meta:
        verbose_name = _("monthly part of an agreement")
        verbose_name_plural = _("monthly parts of agreements")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["run", "version", "code", "posted_in", "corrects"],
                nulls_distinct=False,
                name="true_up_once_a_run",
            ),
            models.CheckConstraint(
                name="true_up_is_of_months",
                condition=Q(posted_in__day=1) & (Q(corrects=None) | Q(corrects__day=1)),
            ),
            models.CheckConstraint(name="true_up_is_something", condition=~Q(amount_fen=0)),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.posted_in:%Y-%m}"
