"""Rules of the platform that change over time. Each says where it is from and when somebody last
looked; what held on a day stays answerable."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from portal.policies.states import BY_OPERATORS_SINCE, NOTICE_PERIOD, FeeKind, ProductSource


class CartRule(models.Model):
    """What a creator needed from a day on to put goods beside videos; the newest that has begun
    counts. Each says where it is from and when somebody last looked."""

    starts_on = models.DateField(_("from"), unique=True)
    least_videos = models.PositiveIntegerField(_("videos at least"), default=0)
    least_followers = models.PositiveIntegerField(_("followers at least"), default=0)
    needs_real_name = models.BooleanField(_("real name verified"), default=True)
    deposit_fen = models.BigIntegerField(_("deposit (fen)"), default=0)
    source = models.CharField(_("source"), max_length=200)
    checked_on = models.DateField(_("last looked at"))

    class Meta:
        verbose_name = _("rule for sharing goods")
        verbose_name_plural = _("rules for sharing goods")
        ordering: ClassVar = ["-starts_on"]
        constraints: ClassVar = [
            models.CheckConstraint(name="cart_rule_deposit", condition=Q(deposit_fen__gte=0)),
            models.CheckConstraint(name="cart_rule_has_source", condition=~Q(source="")),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on}"


EVERY_OR_ONE = Coalesce("category", Value(0, models.BigIntegerField()))
DAYS = Func(F("starts_on"), F("ends_on"), function="daterange", output_field=DateRangeField())


class FeeRateQuerySet(models.QuerySet["FeeRate"]):
    def on(self, day: date) -> FeeRateQuerySet:
        """Begun by that day, and not ended."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=day), starts_on__lte=day)


class FeeRate(models.Model):
    """What the platform takes of an order, or of a commission, from a day on.

    An empty source or category means all of them. A relief goes before the ordinary rate, the
    narrower before the wider, the later before the earlier. Rows are only added: what was
    announced holds, and only the day somebody last looked may change (database grants).
    """

    fee = models.CharField(_("fee"), max_length=14, choices=FeeKind.choices)
    product_source = models.CharField(
        _("product source"), max_length=12, choices=ProductSource.choices, blank=True
    )
    category = models.ForeignKey(
        "parties.Category", models.PROTECT, null=True, blank=True, verbose_name=_("category")
    )
    rate_bp = models.PositiveSmallIntegerField(_("rate (basis points)"))
    is_relief = models.BooleanField(_("relief"), default=False)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until, not including"), null=True, blank=True)
    announced_on = models.DateField(_("announced on"), null=True, blank=True)
    source = models.CharField(_("where it is from"), max_length=200)
    checked_on = models.DateField(_("last looked at"))

    objects = FeeRateQuerySet.as_manager()

    class Meta:
        verbose_name = _("rate of a fee")
        verbose_name_plural = _("rates of fees")
        ordering: ClassVar = ["fee", "-starts_on", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["fee", "product_source", "category", "is_relief", "starts_on"],
                nulls_distinct=False,
                name="fee_rate_once_a_day",
            ),
            ExclusionConstraint(
                name="fee_relief_one_at_a_time",
                expressions=[
                    ("fee", RangeOperators.EQUAL),
                    ("product_source", RangeOperators.EQUAL),
                    (
                        Coalesce("category", Value(0, models.BigIntegerField())),
                        RangeOperators.EQUAL,
                    ),
                    (
                        Func(
                            F("starts_on"),
                            F("ends_on"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(is_relief=True),
            ),
            models.CheckConstraint(name="fee_rate_share", condition=Q(rate_bp__lte=10_000)),
            models.CheckConstraint(
                name="fee_rate_days", condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on"))
            ),
            models.CheckConstraint(
                name="fee_relief_ends", condition=Q(is_relief=True) | Q(ends_on=None)
            ),
            models.CheckConstraint(name="fee_rate_has_source", condition=~Q(source="")),
            models.CheckConstraint(
                # What was announced before operators did it here is history without that day.
                name="fee_rate_announced",
                condition=Q(announced_on=None, starts_on__lt=BY_OPERATORS_SINCE)
                | Q(announced_on__isnull=False)
                & (
                    Q(is_relief=True, announced_on__lte=F("starts_on"))
                    | Q(announced_on__lte=F("starts_on") - NOTICE_PERIOD)
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_fee_display()} {self.starts_on}"

    @property
    def rate_percent(self) -> str:
        return f"{Decimal(self.rate_bp) / 100:f}"

    @property
    def last_day(self) -> date | None:
        return self.ends_on - timedelta(days=1) if self.ends_on else None
