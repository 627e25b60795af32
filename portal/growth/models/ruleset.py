"""What each level of a creator asks, and what a provider's size and score bring: from which day."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.growth.states import Band, Level, ProviderBenefit, Size
from portal.policies.models import (
    Announced,
    DatedQuerySet,
    announced_ahead,
    by_second_person,
    decided_with_time,
)
from portal.rewards.states import Line


class GrowthRules(Announced):
    """What one person proposed and another approved; the newest that has begun holds. What is
    approved never changes but the day somebody last looked (database grants)."""

    objects = DatedQuerySet["GrowthRules"].as_manager()

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
            decided_with_time("growth_rules_decided"),
            by_second_person(
                "growth_rules_second_person", unless=Q(announced_on=None) | Q(proposed_by=None)
            ),
            announced_ahead("growth_rules_announced"),
        ]

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
