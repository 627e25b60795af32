"""What creators are chosen by beside their days. Rows are appended: a correction is a row."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.activity.fields import FIGURES
from portal.activity.states import DistributionKind, Source
from portal.core.actor import Actor
from portal.parties.models import Party


class FiguresQuerySet(models.QuerySet["Figures"]):
    def visible_to(self, actor: Actor) -> FiguresQuerySet:
        return self.filter(party=actor.party_id) if actor.party_id else self.none()

    def newest(self, since: date) -> FiguresQuerySet:
        """One row a party and source, the newest that is not too old; the best source first."""
        fresh = self.filter(day__gte=since).order_by("party", "-source", "-day", "-id")
        return fresh.distinct("party", "source")


class Figures(models.Model):
    """What one source knew of a creator on a day; empty is not known."""

    id = models.BigAutoField(primary_key=True)
    party = models.ForeignKey(Party, models.PROTECT, verbose_name=_("party"))
    day = models.DateField(_("as of"))
    videos = models.IntegerField(_("videos in all"), null=True)
    average_views = models.BigIntegerField(_("average views of a video"), null=True)
    average_viewers = models.BigIntegerField(_("average viewers of a live room"), null=True)
    live_minutes = models.IntegerField(_("minutes live in 30 days"), null=True)
    gpm_fen = models.BigIntegerField(_("GPM"), null=True)
    average_price_fen = models.BigIntegerField(_("average price"), null=True)
    commission_bp = models.IntegerField(_("average commission"), null=True)
    promised = models.IntegerField(_("agreed in 90 days"), null=True)
    kept = models.IntegerField(_("delivered in time"), null=True)
    deposit_fen = models.BigIntegerField(_("deposit paid"), null=True)
    source = models.SmallIntegerField(_("source"), choices=Source.choices)
    recorded_at = models.DateTimeField(_("recorded at"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("recorded by")
    )

    objects = FiguresQuerySet.as_manager()

    class Meta:
        verbose_name = _("figures of a creator")
        verbose_name_plural = _("figures of creators")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="figures_in_range",
                condition=Q(
                    *(
                        Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__range": (0, most)})
                        for name, most in FIGURES.items()
                    )
                ),
            ),
            models.CheckConstraint(
                name="figures_say_something",
                condition=~Q(*(Q(**{f"{name}__isnull": True}) for name in FIGURES)),
            ),
            models.CheckConstraint(
                name="figures_kept_of_promised",
                condition=Q(kept__isnull=True) | Q(kept__lte=F("promised")),
            ),
            models.CheckConstraint(
                name="figures_source_known", condition=Q(source__in=Source.values)
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["party", "-source", "-day", "-id"], name="figures_best_first")
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.day}"

    @property
    def said(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in FIGURES}


class DistributionQuerySet(models.QuerySet["Distribution"]):
    def visible_to(self, actor: Actor) -> DistributionQuerySet:
        return self.filter(party=actor.party_id) if actor.party_id else self.none()

    def best(self, since: date) -> DistributionQuerySet:
        """One row a party and kind: the best source's, and of that the newest."""
        fresh = self.filter(day__gte=since).order_by("party", "kind", "-source", "-day", "-id")
        return fresh.distinct("party", "kind")


class Distribution(models.Model):
    """How a creator's audience or sales fall into parts, in basis points that add up to 10,000;
    the database adds them up as well."""

    id = models.BigAutoField(primary_key=True)
    party = models.ForeignKey(Party, models.PROTECT, verbose_name=_("party"))
    kind = models.CharField(_("of what"), max_length=9, choices=DistributionKind.choices)
    day = models.DateField(_("as of"))
    parts = models.JSONField(_("parts (basis points)"))
    source = models.SmallIntegerField(_("source"), choices=Source.choices)
    recorded_at = models.DateTimeField(_("recorded at"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("recorded by")
    )

    objects = DistributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("distribution of a creator")
        verbose_name_plural = _("distributions of creators")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="distribution_source_known", condition=Q(source__in=Source.values)
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["party", "kind", "-source", "-day", "-id"], name="distribution_best_first"
            )
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.kind} {self.day}"
