"""What a merchant promised to one poster alone. The database keeps it from promising it twice."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from matchmaking.catalogue.models import Plan, Product
from matchmaking.recruiting.models.applications import Application
from portal.parties.models import Party


class PromiseQuerySet(models.QuerySet["Promise"]):
    def on(self, day: date) -> PromiseQuerySet:
        return self.filter(period__contains=day)


class Promise(models.Model):
    """From the acceptance to the end of the cooperation it made. `plan`: the exclusive plan that
    shuts others out, where there are creators to name; None otherwise."""

    application = models.OneToOneField(Application, models.PROTECT, primary_key=True)
    product = models.ForeignKey(
        Product, models.PROTECT, related_name="promises", verbose_name=_("product")
    )
    poster = models.ForeignKey(
        Party, models.PROTECT, related_name="+", verbose_name=_("for the poster alone")
    )
    period = DateRangeField(_("days"), null=True)  # None: ended on the day it was made
    plan = models.OneToOneField(Plan, models.PROTECT, null=True, related_name="promise")

    objects = PromiseQuerySet.as_manager()

    class Meta:
        verbose_name = _("promise")
        verbose_name_plural = _("promises")
        constraints: ClassVar = [
            ExclusionConstraint(
                name="promise_to_one_at_a_time",
                expressions=[
                    ("product", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                    ("poster", RangeOperators.NOT_EQUAL),
                ],
            ),
            models.CheckConstraint(
                name="promise_has_days",
                condition=Q(period=None) | Q(period__isempty=False, period__upper_inf=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} → {self.poster_id}"
