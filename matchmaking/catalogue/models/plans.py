"""At which commission a product is open, to whom and when. The database itself keeps two plans from
holding for one creator on one day."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Case, IntegerField, Q, Value, When
from django.utils.translation import gettext_lazy as _

from matchmaking.catalogue.models.products import Product
from matchmaking.catalogue.states import PlanKind
from portal.parties.models import Party

IS_EXCLUSIVE = Case(
    When(kind=PlanKind.EXCLUSIVE, then=Value(1)), default=Value(0), output_field=IntegerField()
)


class PlanQuerySet(models.QuerySet["Plan"]):
    def on(self, day: date) -> PlanQuerySet:
        return self.filter(period__contains=day)


class Plan(models.Model):
    """`period`: days in Shanghai, half open; None where it ended before it began. What a plan says
    never changes; only its end does."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    product = models.ForeignKey(
        Product, models.PROTECT, related_name="plans", verbose_name=_("product")
    )
    kind = models.CharField(_("for"), max_length=9, choices=PlanKind.choices)
    commission_bp = models.PositiveIntegerField(_("commission"))
    period = DateRangeField(_("days"), null=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("created at"))
    ended_at = models.DateTimeField(_("ended early at"), null=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("commission plan")
        verbose_name_plural = _("commission plans")
        ordering = ("created_at", "id")
        constraints: ClassVar = [
            ExclusionConstraint(
                name="plan_one_public_at_a_time",
                expressions=[
                    ("product", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                condition=Q(kind="public"),
            ),
            ExclusionConstraint(
                name="plan_one_exclusive_at_a_time",
                expressions=[
                    ("product", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                condition=Q(kind="exclusive"),
            ),
            ExclusionConstraint(  # beside an exclusive plan there is none for other chosen ones
                name="plan_exclusive_excludes_targeted",
                expressions=[
                    ("product", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                    (IS_EXCLUSIVE, RangeOperators.NOT_EQUAL),
                ],
                condition=~Q(kind="public"),
            ),
            models.CheckConstraint(name="plan_commission", condition=Q(commission_bp__lte=10_000)),
            models.CheckConstraint(
                name="plan_without_days_has_ended",
                condition=Q(period__isnull=False) | Q(ended_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} · {self.get_kind_display()} · {self.commission_bp / 100:g}%"

    @property
    def starts_on(self) -> date | None:
        return self.period.lower if self.period else None

    @property
    def last_day(self) -> date | None:
        """None: open, or never begun."""
        return self.period.upper - timedelta(days=1) if self.period and self.period.upper else None

    def is_on(self, day: date) -> bool:
        return self.period is not None and day in self.period


class PlanCreator(models.Model):
    """A creator a plan is for. Product and days stand here again, so that the database can keep a
    creator from being chosen twice for one day."""

    id = models.BigAutoField(primary_key=True)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="creators")
    product = models.ForeignKey(Product, models.PROTECT, related_name="+")
    creator = models.ForeignKey(
        Party, models.PROTECT, related_name="commission_plans", verbose_name=_("creator")
    )
    period = DateRangeField(_("days"), null=True)

    class Meta:
        verbose_name = _("creator of a plan")
        verbose_name_plural = _("creators of plans")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "creator"], name="plan_creator_once"),
            ExclusionConstraint(
                name="plan_creator_one_at_a_time",
                expressions=[
                    ("product", RangeOperators.EQUAL),
                    ("creator", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.creator} · {self.plan_id}"
