"""The table of stars: from which quarter on it holds, what each star asks, what it brings."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.policies.models import (
    Announced,
    DatedQuerySet,
    announced_ahead,
    by_second_person,
    decided_with_time,
)
from portal.tiers import engine
from portal.tiers.states import BenefitKind, Stars


class StarRuleSet(Announced):
    """What one person proposed and another approved; the newest that has begun on a quarter's first
    day judges that quarter. What is approved never changes but the day somebody last looked
    (database grants)."""

    starts_on = models.DateField(_("for quarters from"))
    least_days = models.PositiveSmallIntegerField(_("days since verified, at least"))
    selling_days = models.PositiveSmallIntegerField(_("selling days of an active creator"))
    within_days = models.PositiveSmallIntegerField(_("in so many days"))
    least_orders = models.PositiveSmallIntegerField(_("settled orders of an active creator"))
    freeze_days = models.PositiveSmallIntegerField(_("numbers frozen, days after the quarter"))

    objects = DatedQuerySet["StarRuleSet"].as_manager()

    class Meta:
        verbose_name = _("rules of stars")
        verbose_name_plural = _("rules of stars")
        permissions: ClassVar = [
            ("propose_starruleset", "Can propose rules of stars"),
            ("approve_starruleset", "Can approve rules of stars"),
        ]
        ordering: ClassVar = ["-starts_on", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["starts_on"], condition=~Q(status="refused"), name="star_rules_once_a_day"
            ),
            models.CheckConstraint(name="star_rules_have_source", condition=~Q(source="")),
            models.CheckConstraint(
                name="star_rules_days",
                condition=Q(within_days__gte=1, selling_days__lte=F("within_days")),
            ),
            decided_with_time("star_rules_decided"),
            by_second_person(
                "star_rules_second_person", unless=Q(announced_on=None) | Q(proposed_by=None)
            ),
            announced_ahead("star_rules_announced"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("star_rules_detail", args=[self.pk])

    @property
    def judged_by(self) -> engine.StarRules:
        rungs = sorted(self.rungs.all(), key=lambda rung: rung.stars)
        return engine.StarRules(
            self.least_days,
            tuple(engine.Rung(r.stars, r.creators, r.net_fen, r.health) for r in rungs),
        )


class StarRung(models.Model):
    """What one star asks. Added with its rules, never changed."""

    rules = models.ForeignKey(StarRuleSet, models.PROTECT, related_name="rungs")
    stars = models.PositiveSmallIntegerField(_("star tier"), choices=Stars.choices)
    creators = models.PositiveIntegerField(_("active creators"))
    net_fen = models.BigIntegerField(_("settled net GMV a quarter (fen)"))
    health = models.PositiveSmallIntegerField(_("health (hundredths)"))

    class Meta:
        verbose_name = _("what a star asks")
        verbose_name_plural = _("what stars ask")
        ordering: ClassVar = ["stars"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["rules", "stars"], name="star_rung_once"),
            models.CheckConstraint(
                name="star_rung_in_range",
                condition=Q(stars__range=(1, 5), net_fen__gte=0, health__lte=10_000),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_stars_display()}"

    @property
    def points(self) -> float:
        return self.health / 100


class StarBenefit(models.Model):
    """What a star brings; it stays at the stars above unless they bring more of it."""

    rules = models.ForeignKey(StarRuleSet, models.PROTECT, related_name="benefits")
    stars = models.PositiveSmallIntegerField(_("star tier"), choices=Stars.choices)
    kind = models.CharField(_("benefit"), max_length=12, choices=BenefitKind.choices)
    amount = models.PositiveIntegerField(_("amount"))

    class Meta:
        verbose_name = _("benefit of a star")
        verbose_name_plural = _("benefits of stars")
        ordering: ClassVar = ["stars", "kind"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["rules", "stars", "kind"], name="star_benefit_once"),
            models.CheckConstraint(
                name="star_benefit_in_range", condition=Q(stars__range=(0, 5), amount__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount}"
