"""What an upstream says happened on a day, row by row: brought only to be compared."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.revenue.models import Feed
from portal.revenue.order_states import EventKind


class Listing(models.Model):
    """A feed's list of a day. One stands at a time; one that was wrong is dropped and stays."""

    id = models.BigAutoField(primary_key=True)
    feed = models.ForeignKey(Feed, models.PROTECT, related_name="+", verbose_name=_("feed"))
    day = models.DateField(_("day"))
    brought_at = models.DateTimeField(_("brought at"))
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("brought by"),
    )
    dropped_at = models.DateTimeField(_("dropped at"), null=True)
    dropped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("upstream's list of a day")
        verbose_name_plural = _("upstreams' lists of days")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["feed", "day"], condition=Q(dropped_at=None), name="listing_one_stands"
            )
        ]

    def __str__(self) -> str:
        return f"{self.feed_id} {self.day}"


class ListedEvent(models.Model):
    """A row of the list: `key` is its number where it has one, and else all that it says."""

    id = models.BigAutoField(primary_key=True)
    listing = models.ForeignKey(
        Listing, models.PROTECT, related_name="events", verbose_name=_("list"), db_index=False
    )
    key = models.CharField(_("key"), max_length=200)
    event_id = models.CharField(_("event"), max_length=64, blank=True)
    order = models.CharField(_("order"), max_length=64)
    line = models.CharField(_("line"), max_length=32)
    kind = models.CharField(_("what happened"), max_length=8, choices=EventKind.choices)
    phase = models.PositiveIntegerField(_("phase"), default=0)
    amount_fen = models.BigIntegerField(_("amount (fen)"))
    occurred_at = models.DateTimeField(_("occurred at"))

    class Meta:
        verbose_name = _("listed event")
        verbose_name_plural = _("listed events")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["listing", "key"], name="listed_event_once"),
            models.CheckConstraint(name="listed_event_amount", condition=Q(amount_fen__gte=0)),
        ]
        indexes: ClassVar = [models.Index(fields=["order", "line"], name="listed_event_by_order")]

    def __str__(self) -> str:
        return self.key
