"""Daily facts of products, what they add up to, and the gates operators put before low scores."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from matchmaking.catalogue.models.products import Product
from matchmaking.catalogue.states import GateEffect
from portal.parties.models import Party


class ProductDay(models.Model):
    """What the platform counted of one product on one day; a later report replaces it."""

    id = models.BigAutoField(primary_key=True)
    product = models.ForeignKey(
        Product, models.PROTECT, related_name="days", db_index=False, verbose_name=_("product")
    )
    day = models.DateField(_("day"))
    delivered = models.PositiveIntegerField(_("delivered orders"), default=0)
    good_reviews = models.PositiveIntegerField(_("good reviews"), default=0)
    bad_reviews = models.PositiveIntegerField(_("bad reviews"), default=0)
    quality_returns = models.PositiveIntegerField(_("returns for quality"), default=0)
    late = models.PositiveIntegerField(_("delivered late"), default=0)
    complaints = models.PositiveIntegerField(_("complaints about service"), default=0)
    told_at = models.DateTimeField(_("told at"))

    class Meta:
        verbose_name = _("day of a product")
        verbose_name_plural = _("days of products")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["product", "day"], name="product_day_once"),
            models.CheckConstraint(
                name="product_day_within_delivered",
                condition=Q(late__lte=F("delivered")) & Q(quality_returns__lte=F("delivered")),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["day"], name="product_day_by_day")]

    def __str__(self) -> str:
        return f"{self.product_id} {self.day}"


class Reputation(models.Model):
    """The score of a product or of a creator on a day, in hundredths from 0 to 500, with its parts.
    A row stands until the next; where nothing changed there is none. `score` None: too little is
    known."""

    id = models.BigAutoField(primary_key=True)
    product = models.ForeignKey(
        Product, models.PROTECT, null=True, related_name="reputations", db_index=False
    )
    creator = models.ForeignKey(
        Party, models.PROTECT, null=True, related_name="reputations", db_index=False
    )
    day = models.DateField(_("day"))
    score = models.SmallIntegerField(_("score"), null=True)
    delivered = models.PositiveIntegerField(_("delivered orders in 90 days"))
    parts = models.JSONField(_("parts"), default=dict)

    class Meta:
        verbose_name = _("reputation")
        verbose_name_plural = _("reputations")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["product", "day"],
                condition=Q(product__isnull=False),
                name="reputation_of_product_once_a_day",
            ),
            models.UniqueConstraint(
                fields=["creator", "day"],
                condition=Q(creator__isnull=False),
                name="reputation_of_creator_once_a_day",
            ),
            models.CheckConstraint(
                name="reputation_of_one",
                condition=Q(product__isnull=False, creator=None)
                | Q(product=None, creator__isnull=False),
            ),
            models.CheckConstraint(
                name="reputation_score", condition=Q(score=None) | Q(score__range=(0, 500))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_id or self.creator_id} {self.day}: {self.score}"

    @property
    def stars(self) -> float | None:
        return None if self.score is None else self.score / 100


class GateQuerySet(models.QuerySet["Gate"]):
    def on(self, day: date) -> GateQuerySet:
        begun = self.filter(starts_on__lte=day)
        return begun.filter(Q(ends_on=None) | Q(ends_on__gt=day))


class Gate(models.Model):
    """Who has less than `least_score` may not do this; or one product alone may not, whatever its
    score. Not rated yet is never below. Its reason is shown to whoever stands before it."""

    id = models.BigAutoField(primary_key=True)
    effect = models.CharField(_("may not"), max_length=6, choices=GateEffect.choices)
    product = models.ForeignKey(
        Product, models.PROTECT, null=True, blank=True, related_name="gates"
    )
    least_score = models.PositiveSmallIntegerField(_("least score"), null=True, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until, not including"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300)
    set_at = models.DateTimeField(_("set at"))
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = GateQuerySet.as_manager()

    class Meta:
        verbose_name = _("gate")
        verbose_name_plural = _("gates")
        permissions: ClassVar = [("set_gate", "Can set and lift gates")]
        ordering = ("-starts_on", "-id")
        constraints: ClassVar = [
            models.CheckConstraint(name="gate_has_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="gate_of_score_or_product",
                condition=Q(product__isnull=False, least_score=None)
                | Q(product=None, least_score__range=(1, 500)),
            ),
            models.CheckConstraint(
                name="gate_days", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_effect_display()}: {self.reason}"
