"""What sold in a year by whom, and how many are past a threshold: counted each night, so that no
page reads an order."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.goals.states import Goal, Subject
from portal.parties.models import Party, Region, regions_of


def _in_scope(actor: Actor) -> Q:
    """A regional operator's regions; everywhere for the others."""
    regions = regions_of(actor.user) if actor.user else []
    return Q(region__in=regions) if regions else Q()


class YearSumQuerySet(models.QuerySet["YearSum"]):
    def visible_to(self, actor: Actor) -> YearSumQuerySet:
        if not actor.has_perm("goals.view_yearsum"):
            return self.none()
        return self.filter(_in_scope(actor))


class YearSum(models.Model):
    """Settled net sales of the orders that were paid in a calendar year, in Shanghai: of a party in
    one role, or of a merchant's product by its number in the order file. `first_on`: the day a
    merchant's first settled order was paid, ever."""

    id = models.BigAutoField(primary_key=True)
    subject = models.CharField(_("of"), max_length=8, choices=Subject.choices)
    party = models.ForeignKey(
        Party, models.PROTECT, related_name="+", db_index=False, verbose_name=_("party")
    )
    product = models.CharField(_("product"), max_length=60, blank=True)
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        to_field="code",
        db_column="region",
        db_index=False,
        related_name="+",
        verbose_name=_("region"),
    )
    year = models.PositiveSmallIntegerField(_("year"))
    net_fen = models.BigIntegerField(_("settled less refunds (fen)"))
    first_on = models.DateField(_("first order"), null=True)
    counted_at = models.DateTimeField(_("counted at"))

    objects = YearSumQuerySet.as_manager()

    class Meta:
        verbose_name = _("sum of a year")
        verbose_name_plural = _("sums of a year")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["party", "subject", "product", "year"], name="year_sum_once"
            ),
            models.CheckConstraint(name="year_sum_positive", condition=Q(net_fen__gt=0)),
            models.CheckConstraint(
                name="year_sum_product_has_number",
                condition=Q(subject="product") & ~Q(product="")
                | ~Q(subject="product") & Q(product=""),
            ),
            models.CheckConstraint(
                name="year_sum_first_of_merchant",
                condition=Q(subject="merchant", first_on__isnull=False)
                | ~Q(subject="merchant") & Q(first_on=None),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["year", "subject", "-net_fen", "-id"], name="year_sum_by_net")
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.party_id} {self.product} {self.year}"


class GoalCountQuerySet(models.QuerySet["GoalCount"]):
    def visible_to(self, actor: Actor) -> GoalCountQuerySet:
        if not actor.has_perm("goals.view_yearsum"):
            return self.none()
        return self.filter(_in_scope(actor))


class GoalCount(models.Model):
    """How many of a region are past the threshold of a goal by a day, and how many would be at the
    end of the year at that day's pace. One row a night stays, as the course of the year."""

    id = models.BigAutoField(primary_key=True)
    goal = models.CharField(_("goal"), max_length=12, choices=Goal.choices)
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        to_field="code",
        db_column="region",
        db_index=False,
        related_name="+",
        verbose_name=_("region"),
    )
    day = models.DateField(_("day"))
    reached = models.PositiveIntegerField(_("past the threshold"))
    on_pace = models.PositiveIntegerField(_("at the end of the year at this pace"))
    counted_at = models.DateTimeField(_("counted at"))

    objects = GoalCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("count toward a goal")
        verbose_name_plural = _("counts toward goals")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["day", "goal", "region"], name="goal_count_once_a_day"),
            models.CheckConstraint(
                name="goal_count_pace_within", condition=Q(on_pace__gte=F("reached"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.goal} {self.region_id} {self.day}"
