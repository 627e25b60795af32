"""Reference data: loaded by `load_reference`, edited in admin, keyed by code."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.parties import states

VERSION = r"^[0-9]{4}-(0[1-9]|1[0-2])$"


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


class Region(Named):
    """A large region (大区). Cities, belts and operators' scopes name it by its code."""

    class Meta(Named.Meta):
        verbose_name = _("region")
        verbose_name_plural = _("regions")


class City(Named):
    region = models.ForeignKey(
        Region, models.PROTECT, to_field="code", db_column="region", verbose_name=_("region")
    )

    class Meta(Named.Meta):
        verbose_name = _("city")
        verbose_name_plural = _("cities")


class Belt(Named):
    """An industry belt (产业带): where goods of one kind are made. `city` is the listed city it
    belongs to or lies in; some belts lie outside all of them."""

    region = models.ForeignKey(
        Region, models.PROTECT, to_field="code", db_column="region", verbose_name=_("region")
    )
    city = models.ForeignKey(City, models.PROTECT, null=True, blank=True, verbose_name=_("city"))
    category = models.ForeignKey(Category, models.PROTECT, verbose_name=_("category"))

    class Meta(Named.Meta):
        verbose_name = _("industry belt")
        verbose_name_plural = _("industry belts")


class CategoryMapping(models.Model):
    """In `version` of the categories (a year and month, 2026-06) `old_code` became `new_code`."""

    version = models.CharField(
        _("version"),
        max_length=7,
        validators=[RegexValidator(VERSION, _("Write a year and month, such as 2026-06."))],
    )
    old_code = models.SlugField(_("old code"), max_length=40)
    new_code = models.SlugField(_("new code"), max_length=40)

    class Meta:
        verbose_name = _("category mapping")
        verbose_name_plural = _("category mappings")
        ordering: ClassVar = ["-version", "old_code"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version", "old_code"], name="category_mapped_once_in_a_version"
            ),
            models.CheckConstraint(
                name="category_maps_to_another", condition=~models.Q(old_code=models.F("new_code"))
            ),
            models.CheckConstraint(
                name="category_mapping_version", condition=models.Q(version__regex=VERSION)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.old_code} → {self.new_code}"


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
