"""Reference data: loaded by `load_reference`, edited in admin, keyed by code."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.parties import states


class Named(models.Model):
    """A code with its name in both languages."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name_zh = models.CharField(_("Chinese name"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=80)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        abstract = True
        ordering: ClassVar = ["position", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_en if (get_language() or "").startswith("en") else self.name_zh


class Category(Named):
    """A first- or second-level category of goods."""

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name=_("parent")
    )

    class Meta(Named.Meta):
        verbose_name = _("category")
        verbose_name_plural = _("categories")


class ServiceType(Named):
    class Meta(Named.Meta):
        verbose_name = _("service type")
        verbose_name_plural = _("service types")


class City(Named):
    region = models.CharField(_("region"), max_length=12, choices=states.Region.choices)

    class Meta(Named.Meta):
        verbose_name = _("city")
        verbose_name_plural = _("cities")


class CityYear(models.Model):
    """A city's tier in one year; the list changes every year and the past keeps its own."""

    city = models.ForeignKey(City, models.PROTECT, verbose_name=_("city"))
    year = models.PositiveSmallIntegerField(_("year"))
    tier = models.CharField(_("tier"), max_length=12, choices=states.CityTier.choices)

    class Meta:
        verbose_name = _("city tier")
        verbose_name_plural = _("city tiers")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["city", "year"], name="city_tier_once_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.city} {self.year} {self.get_tier_display()}"
