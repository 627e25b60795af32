"""What holds for payouts from a day on, and how a bank's file looks: data, not code."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.payouts.states import Encoding, Route


class PayoutTerm(models.Model):
    """The newest row that has begun counts."""

    starts_on = models.DateField(_("from"), unique=True)
    minimum_fen = models.BigIntegerField(_("smallest payout (fen)"))
    trial_tries = models.PositiveSmallIntegerField(_("tries at a trial transfer's amount"))
    trial_days = models.PositiveSmallIntegerField(_("days to confirm a trial transfer"))

    class Meta:
        verbose_name = _("term of payouts")
        verbose_name_plural = _("terms of payouts")
        ordering = ("-starts_on",)
        constraints: ClassVar = [
            models.CheckConstraint(
                name="payout_term_in_bounds",
                condition=Q(
                    minimum_fen__range=(1, 10_000_000),
                    trial_tries__range=(1, 9),
                    trial_days__range=(1, 60),
                ),
            )
        ]

    def __str__(self) -> str:
        return self.starts_on.isoformat()


class BankTemplate(models.Model):
    """A file of payouts as one bank or institution reads it. `columns`: a list of {"header":
    what stands above, "value": what of a payout, or "text": the same in every row}."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=80)
    route = models.CharField(_("who pays"), max_length=11, choices=Route.choices)
    encoding = models.CharField(
        _("encoding"), max_length=9, choices=Encoding.choices, default=Encoding.UTF8
    )
    columns = models.JSONField(_("columns"), default=list)
    is_offered = models.BooleanField(_("offered"), default=True)

    class Meta:
        verbose_name = _("bank file template")
        verbose_name_plural = _("bank file templates")
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name
