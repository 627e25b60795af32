"""The daily feed of shops and creators. Rows are appended, never changed: a correction is a row."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.activity.fields import MOST
from portal.activity.states import Source
from portal.core.actor import Actor
from portal.parties.models import Party


class ActivityDayQuerySet(models.QuerySet["ActivityDay"]):
    def of_party(self, party_id: int) -> ActivityDayQuerySet:
        return self.filter(party=party_id)

    def visible_to(self, actor: Actor) -> ActivityDayQuerySet:
        """A party's feed is its own."""
        return self.filter(party=actor.party_id) if actor.party_id else self.none()

    def within(self, first: date, last: date) -> ActivityDayQuerySet:
        return self.filter(day__range=(first, last))

    def best(self) -> ActivityDayQuerySet:
        """One row a party and day: the best source's, and of that the newest."""
        ordered = self.order_by("party", "day", "-source", "-id")
        return ordered.distinct("party", "day")


class ActivityDay(models.Model):
    """What one source said of one party's day."""

    id = models.BigAutoField(primary_key=True)
    party = models.ForeignKey(Party, models.PROTECT, verbose_name=_("party"))
    day = models.DateField(_("day"))
    followers = models.BigIntegerField(_("followers"))
    shopping_followers = models.BigIntegerField(_("shopping followers"), null=True)
    videos = models.SmallIntegerField(_("videos"))
    lives = models.SmallIntegerField(_("live sessions"))
    has_sold = models.BooleanField(_("sold something"))
    source = models.SmallIntegerField(_("source"), choices=Source.choices)
    recorded_at = models.DateTimeField(_("recorded at"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("recorded by")
    )

    objects = ActivityDayQuerySet.as_manager()

    class Meta:
        verbose_name = _("day of the feed")
        verbose_name_plural = _("days of the feed")
        permissions: ClassVar = [("feed_activity", "Can bring in figures of any party")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="activity_counts_in_range",
                condition=Q(
                    followers__range=(0, MOST["followers"]),
                    videos__range=(0, MOST["videos"]),
                    lives__range=(0, MOST["lives"]),
                ),
            ),
            models.CheckConstraint(
                name="activity_shopping_within_followers",
                condition=Q(shopping_followers__isnull=True)
                | Q(shopping_followers__gte=0, shopping_followers__lte=F("followers")),
            ),
            models.CheckConstraint(
                name="activity_source_known", condition=Q(source__in=Source.values)
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["party", "day", "-source", "-id"], name="activity_best_first")
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.day}"
