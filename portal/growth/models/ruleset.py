"""What each level of a creator asks, and what a provider's size and score bring: from which day."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.growth.states import BY_OPERATORS_SINCE, Band, Level, ProviderBenefit, Size
from portal.policies.states import NOTICE_PERIOD, DatedStatus
from portal.rewards.states import Line


class GrowthRulesQuerySet(models.QuerySet["GrowthRules"]):
    def approved(self) -> GrowthRulesQuerySet:
        return self.filter(status=DatedStatus.APPROVED)

    def proposed(self) -> GrowthRulesQuerySet:
        return self.filter(status=DatedStatus.PROPOSED)

    def on(self, day: date) -> GrowthRulesQuerySet:
        """Those that have begun by then, the newest first."""
        return self.approved().filter(starts_on__lte=day).order_by("-starts_on")

    def whole(self) -> GrowthRulesQuerySet:
        return self.prefetch_related("rungs", "benefits")


class GrowthRules(models.Model):
    """What one person proposed and another approved; the newest that has begun holds. What is
    approved never changes but the day somebody last looked (database grants)."""

    starts_on = models.DateField(_("from"))
    source = models.CharField(_("where it is from"), max_length=200)
    checked_on = models.DateField(_("last looked at"))
    status = models.CharField(
        _("status"), max_length=8, choices=DatedStatus.choices, default=DatedStatus.PROPOSED
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("proposed by"),
    )
    proposed_at = models.DateTimeField(_("proposed at"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("second person"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    announced_on = models.DateField(_("announced on"), null=True)

    objects = GrowthRulesQuerySet.as_manager()

    class Meta:
        verbose_name = _("rules of growth")
        verbose_name_plural = _("rules of growth")
        permissions: ClassVar = [
            ("propose_growthrules", "Can propose rules of growth"),
            ("approve_growthrules", "Can approve rules of growth"),
        ]
        ordering: ClassVar = ["-starts_on", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["starts_on"], condition=~Q(status="refused"), name="growth_rules_once_a_day"
            ),
            models.CheckConstraint(name="growth_rules_have_source", condition=~Q(source="")),
            models.CheckConstraint(
                name="growth_rules_decided",
                condition=Q(status="proposed", decided_at=None, decided_by=None)
                | ~Q(status="proposed") & Q(decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="growth_rules_second_person",
                condition=~Q(status="approved")
                | Q(announced_on=None)
                | Q(proposed_by=None)
                | Q(decided_by__isnull=False) & ~Q(decided_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="growth_rules_announced",
                condition=~Q(status="approved") & Q(announced_on=None)
                | Q(status="approved", announced_on=None, starts_on__lt=BY_OPERATORS_SINCE)
                | Q(status="approved", announced_on__lte=F("starts_on") - NOTICE_PERIOD),
            ),
        ]

    def __str__(self) -> str:
        return str(self.starts_on)

    def get_absolute_url(self) -> str:
        return reverse("growth_rules_detail", args=[self.pk])

    @property
    def ladders(self) -> dict[str, list[int]]:
        """Of each line its floors, from the first level up."""
        rungs = sorted(self.rungs.all(), key=lambda rung: rung.level)
        return {
            line.value: [rung.floor for rung in rungs if rung.line == line.value] for line in Line
        }


class LevelRung(models.Model):
    """What one level asks, in the unit of its line. Added with its rules, never changed."""

    rules = models.ForeignKey(GrowthRules, models.PROTECT, related_name="rungs")
    line = models.CharField(_("growth line"), max_length=10, choices=Line.choices)
    level = models.PositiveSmallIntegerField(_("level"), choices=Level.choices)
    floor = models.BigIntegerField(_("at least"))

    class Meta:
        verbose_name = _("what a level asks")
        verbose_name_plural = _("what levels ask")
        ordering: ClassVar = ["line", "level"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["rules", "line", "level"], name="growth_rung_once"),
            models.CheckConstraint(
                name="growth_rung_in_range", condition=Q(level__range=(1, 5), floor__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.level}"


class Benefit(models.Model):
    """What a provider of one size and band of scores has more than everybody."""

    rules = models.ForeignKey(GrowthRules, models.PROTECT, related_name="benefits")
    size = models.CharField(_("size"), max_length=1, choices=Size.choices)
    band = models.PositiveSmallIntegerField(_("band of scores"), choices=Band.choices)
    kind = models.CharField(_("benefit"), max_length=12, choices=ProviderBenefit.choices)
    amount = models.PositiveIntegerField(_("amount"))

    class Meta:
        verbose_name = _("benefit of providers")
        verbose_name_plural = _("benefits of providers")
        ordering: ClassVar = ["size", "band", "kind"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["rules", "size", "band", "kind"], name="growth_benefit_once"
            ),
            models.CheckConstraint(
                name="growth_benefit_in_range",
                condition=Q(size__in=["S", "M", "L"], band__range=(0, 5), amount__gte=1),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.size} {self.band} {self.kind}"
