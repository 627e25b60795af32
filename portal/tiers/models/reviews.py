"""What a quarter of an agency came to: its numbers, the rows behind them, and each step since."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.evaluation.models import Snapshot
from portal.parties.models import Party, parties_seen_whole, sees_all
from portal.tiers import engine
from portal.tiers.engine import Quarter
from portal.tiers.models.ruleset import StarRuleSet
from portal.tiers.models.windows import StarWindow
from portal.tiers.states import (
    FROZEN,
    TOLD,
    Movement,
    NotCounted,
    ReviewStatus,
    Stars,
)


class StarReviewQuerySet(models.QuerySet["StarReview"]):
    def visible_to(self, actor: Actor) -> StarReviewQuerySet:
        """An agency's own, but for who is narrowed there to some creators: these are sums of all;
        those who review stars see all."""
        if actor.has_perm("tiers.view_starreview"):
            return self.all()
        if actor.party_id is None:
            return self.none()
        own = self.filter(party=actor.party_id)
        return own if sees_all(actor) else own.filter(party__in=parties_seen_whole(actor))

    def of(self, quarter: Quarter) -> StarReviewQuerySet:
        return self.filter(year=quarter.year, quarter=quarter.number)

    def told(self) -> StarReviewQuerySet:
        return self.filter(status__in=TOLD)

    def newest_first(self) -> StarReviewQuerySet:
        return self.order_by("-year", "-quarter")

    def whole(self) -> StarReviewQuerySet:
        related = self.select_related("party", "rules", "window", "snapshot")
        return related.prefetch_related("rules__rungs", "rules__benefits")


class StarReview(models.Model):
    """One agency and quarter. While it runs the numbers are made again each night; `freeze_days`
    after the quarter they stay. `more_*`: what a reviewer accepted beside what the feed knows.
    `health` empty: not rated."""

    id = models.BigAutoField(primary_key=True)
    party = models.ForeignKey(
        Party, models.PROTECT, related_name="star_reviews", verbose_name=_("agency")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    quarter = models.PositiveSmallIntegerField(_("quarter"))
    rules = models.ForeignKey(
        StarRuleSet, models.PROTECT, related_name="+", verbose_name=_("rules")
    )
    window = models.ForeignKey(
        StarWindow, models.PROTECT, null=True, related_name="reviews", verbose_name=_("window")
    )
    status = models.CharField(
        _("status"), max_length=9, choices=ReviewStatus.choices, default=ReviewStatus.PREVIEW
    )
    as_of = models.DateField(_("as of the end of"))
    before = models.PositiveSmallIntegerField(_("stars before"), choices=Stars.choices)
    was_in_grace = models.BooleanField(_("in grace before"), default=False)
    creators = models.PositiveIntegerField(_("active creators"))
    net_fen = models.BigIntegerField(_("settled net GMV (fen)"))
    struck = models.PositiveIntegerField(_("suspicious orders, not counted"), default=0)
    health = models.PositiveSmallIntegerField(_("health (hundredths)"), null=True)
    snapshot = models.ForeignKey(
        Snapshot, models.PROTECT, null=True, related_name="+", verbose_name=_("rated in")
    )
    days = models.PositiveIntegerField(_("days since verified"))
    has_violation = models.BooleanField(_("violation in force"), default=False)
    more_creators = models.PositiveIntegerField(_("creators accepted by evidence"), default=0)
    more_net_fen = models.BigIntegerField(_("GMV accepted by evidence (fen)"), default=0)
    reached = models.PositiveSmallIntegerField(_("stars reached"), choices=Stars.choices)
    result = models.PositiveSmallIntegerField(_("stars from then on"), choices=Stars.choices)
    movement = models.CharField(_("movement"), max_length=5, choices=Movement.choices)
    computed_at = models.DateTimeField(_("computed at"))
    announced_at = models.DateTimeField(_("announced at"), null=True)
    held_from = models.DateField(_("holds from"), null=True)

    objects = StarReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("quarter of an agency")
        verbose_name_plural = _("quarters of agencies")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["party", "year", "quarter"], name="star_review_once_a_quarter"
            ),
            models.CheckConstraint(
                name="star_review_stars",
                condition=Q(
                    before__range=(0, 5),
                    reached__range=(0, 5),
                    result__range=(0, 5),
                    result__lte=F("before") + 1,
                    result__gte=F("before") - 2,
                ),
            ),
            models.CheckConstraint(
                name="star_review_moves_as_it_says",
                condition=Q(movement="rise", result=F("before") + 1)
                | Q(movement__in=["keep", "grace"], result=F("before"))
                | Q(movement="fall", was_in_grace=True, result__lt=F("before")),
            ),
            models.CheckConstraint(
                name="star_review_announced_has_time",
                condition=Q(status__in=["preview", "computed"], announced_at=None)
                | ~Q(status__in=["preview", "computed"])
                & Q(announced_at__isnull=False, window__isnull=False),
            ),
            models.CheckConstraint(
                name="star_review_holds_from_a_day",
                condition=Q(status__in=["grace", "effective", "lifted"], held_from__isnull=False)
                | ~Q(status__in=["grace", "effective", "lifted"]) & Q(held_from=None),
            ),
            models.CheckConstraint(
                name="star_review_grace_only_with_grace",
                condition=~Q(status__in=["grace", "lifted"]) | Q(movement="grace"),
            ),
            models.CheckConstraint(
                name="star_review_health_range", condition=Q(health=None) | Q(health__lte=10_000)
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["year", "quarter", "status"], name="star_review_of_quarter"),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.of_quarter}"

    def get_absolute_url(self) -> str:
        return reverse("star_review_detail", args=[self.pk])

    @property
    def of_quarter(self) -> Quarter:
        return Quarter(self.year, self.quarter)

    @property
    def is_frozen(self) -> bool:
        return self.status in FROZEN

    @property
    def is_told(self) -> bool:
        return self.status in TOLD

    @property
    def points(self) -> float | None:
        return None if self.health is None else self.health / 100

    @property
    def inputs(self) -> engine.Inputs:
        return engine.Inputs(
            creators=self.creators + self.more_creators,
            net_fen=self.net_fen + self.more_net_fen,
            health=self.health,
            days=self.days,
            has_violation=self.has_violation,
        )

    @property
    def held_before(self) -> engine.Before:
        return engine.Before(self.before, self.was_in_grace)


class CountedCreator(models.Model):
    """One creator under contract in one review: what is known of it, and why it is not counted.
    Made again with its review until that is frozen."""

    id = models.BigAutoField(primary_key=True)
    review = models.ForeignKey(StarReview, models.CASCADE, related_name="counted")
    creator = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("creator"))
    selling_days = models.PositiveSmallIntegerField(_("selling days"), null=True)
    recent_orders = models.PositiveIntegerField(_("orders settled lately"), default=0)
    orders = models.PositiveIntegerField(_("orders settled in the quarter"), default=0)
    struck = models.PositiveIntegerField(_("suspicious orders, not counted"), default=0)
    net_fen = models.BigIntegerField(_("settled net GMV (fen)"), default=0)
    lack = models.CharField(_("not counted"), max_length=6, choices=NotCounted.choices, blank=True)
    is_here = models.BooleanField(_("under contract at the end"), default=True)

    class Meta:
        verbose_name = _("creator in a quarter")
        verbose_name_plural = _("creators in a quarter")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "creator"], name="counted_creator_once"),
        ]

    def __str__(self) -> str:
        return f"{self.review_id} {self.creator_id}"

    @property
    def is_counted(self) -> bool:
        return self.is_here and not self.lack


class StarStep(models.Model):
    """A step of a review with its reason; only added."""

    id = models.BigAutoField(primary_key=True)
    review = models.ForeignKey(StarReview, models.PROTECT, related_name="steps")
    status = models.CharField(_("status"), max_length=9, choices=ReviewStatus.choices)
    result = models.PositiveSmallIntegerField(_("stars from then on"), choices=Stars.choices)
    movement = models.CharField(_("movement"), max_length=5, choices=Movement.choices)
    reason = models.CharField(_("reason"), max_length=600, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("step of a quarter")
        verbose_name_plural = _("steps of quarters")
        indexes: ClassVar = [models.Index(fields=["review", "id"], name="star_step_of_review")]

    def __str__(self) -> str:
        return f"{self.review_id} {self.status}"
