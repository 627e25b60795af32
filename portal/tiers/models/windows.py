"""When agencies apply for the stars of a quarter."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.tiers.engine import Quarter


class StarWindowQuerySet(models.QuerySet["StarWindow"]):
    def open_on(self, day: date) -> StarWindowQuerySet:
        return self.filter(opens_on__lte=day, closes_on__gte=day)

    def of(self, quarter: Quarter) -> StarWindowQuerySet:
        return self.filter(year=quarter.year, quarter=quarter.number)


class StarWindow(models.Model):
    """Of one quarter: both days of the window are in it. Results are announced on a day, may be
    appealed against, and hold from another."""

    year = models.PositiveSmallIntegerField(_("year"))
    quarter = models.PositiveSmallIntegerField(_("quarter"))
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("last day to apply"))
    announces_on = models.DateField(_("results announced on"))
    effective_on = models.DateField(_("results hold from"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("opened by"),
    )
    created_at = models.DateTimeField(_("created at"))

    objects = StarWindowQuerySet.as_manager()

    class Meta:
        verbose_name = _("window for stars")
        verbose_name_plural = _("windows for stars")
        permissions: ClassVar = [("manage_starwindow", "Can open windows for stars")]
        ordering: ClassVar = ["-year", "-quarter"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["year", "quarter"], name="star_window_once_a_quarter"),
            models.CheckConstraint(
                name="star_window_in_order",
                condition=Q(
                    quarter__range=(1, 4),
                    closes_on__gt=F("opens_on"),
                    announces_on__gt=F("closes_on"),
                    effective_on__gt=F("announces_on"),
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.of_quarter)

    @property
    def of_quarter(self) -> Quarter:
        return Quarter(self.year, self.quarter)

    @property
    def is_open(self) -> bool:
        return self.opens_on <= clock.today() <= self.closes_on

    @property
    def is_ahead(self) -> bool:
        return clock.today() < self.opens_on
