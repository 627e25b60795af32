"""What each party settled in each category over the last year: made anew every night."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.parties.models import Category, Party


class ResultRun(models.Model):
    """One night's making. A run's rows never change; the newest one counts."""

    id = models.BigAutoField(primary_key=True)
    made_at = models.DateTimeField(_("made at"))
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))

    class Meta:
        verbose_name = _("run of results")
        verbose_name_plural = _("runs of results")

    def __str__(self) -> str:
        return f"{self.starts_on}–{self.ends_on}"


class CategoryResult(models.Model):
    """Settled net GMV of a party in one first-level category, without what rules against gaming
    take out; `value`: 0–1, already shrunk towards the mean of its kind."""

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(
        ResultRun, models.CASCADE, db_index=False, verbose_name=_("run of results")
    )
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("party"))
    category = models.ForeignKey(
        Category, models.PROTECT, db_index=False, verbose_name=_("category")
    )
    fen = models.BigIntegerField(_("settled net GMV"))
    merchants = models.PositiveIntegerField(_("merchants"))
    value = models.FloatField(_("value"))

    class Meta:
        verbose_name = _("result in a category")
        verbose_name_plural = _("results in categories")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["run", "category", "party"],
                include=["value"],
                name="category_result_once",
            ),
            models.CheckConstraint(
                name="category_result_sound",
                condition=Q(fen__gt=0, merchants__gte=1, value__gte=0, value__lte=1),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} × {self.category_id}: {self.fen}"
