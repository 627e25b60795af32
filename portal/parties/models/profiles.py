"""What merchants and agencies are chosen by, in their own words."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.parties.models.party import Party
from portal.parties.models.reference import Belt
from portal.parties.profile_states import ShipHours, ShopTier


class MerchantProfile(models.Model):
    """How a merchant sells: its sort of shop, where its goods are made, what it promises of their
    way. Which shops are its own, by number and with their proof, are its `OwnedAccount`s."""

    party = models.OneToOneField(Party, models.CASCADE, primary_key=True, related_name="merchant")
    shop_tier = models.CharField(_("sort of shop"), max_length=9, choices=ShopTier.choices)
    belts: models.ManyToManyField[Belt, models.Model] = models.ManyToManyField(
        Belt, blank=True, verbose_name=_("industry belts")
    )
    ship_hours = models.PositiveSmallIntegerField(_("goods leave"), choices=ShipHours.choices)
    returns_days = models.PositiveSmallIntegerField(_("days to return"), default=7)
    ships_free = models.BooleanField(_("ships for free"), default=False)
    insures_returns = models.BooleanField(_("pays for returns"), default=False)
    ships_cold = models.BooleanField(_("cold chain"), default=False)
    sends_samples = models.BooleanField(_("sends samples"), default=False)
    brands_held = models.BooleanField(_("brands held for a look"), default=False)

    class Meta:
        verbose_name = _("merchant profile")
        verbose_name_plural = _("merchant profiles")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="merchant_returns_days", condition=Q(returns_days__gte=7, returns_days__lte=90)
            ),
            models.CheckConstraint(
                name="merchant_ship_hours", condition=Q(ship_hours__in=ShipHours.values)
            ),
            models.CheckConstraint(
                name="merchant_shop_tier", condition=Q(shop_tier__in=ShopTier.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id}"


class Brand(models.Model):
    """A brand a merchant sells: its own, or one it is allowed to sell."""

    merchant = models.ForeignKey(MerchantProfile, models.CASCADE, related_name="brands")
    name = models.CharField(_("brand"), max_length=40)
    is_own = models.BooleanField(_("its own"))

    class Meta:
        verbose_name = _("brand")
        verbose_name_plural = _("brands")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["merchant", "name"], name="brand_once"),
            models.CheckConstraint(name="brand_has_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name


class AgencyProfile(models.Model):
    """An agency's house, and whom brands talk to. The commercial contact is masked for others."""

    party = models.OneToOneField(Party, models.CASCADE, primary_key=True, related_name="agency")
    founded_in = models.PositiveSmallIntegerField(_("founded in"), null=True)
    managers = models.PositiveSmallIntegerField(_("creators' managers"), null=True)
    studios = models.PositiveSmallIntegerField(_("studios"), null=True)
    takes_new = models.BooleanField(_("takes new creators"), default=True)
    business_name = models.CharField(_("commercial contact"), max_length=40, blank=True)
    business_phone = models.CharField(_("its phone"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("agency profile")
        verbose_name_plural = _("agency profiles")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="agency_founded",
                condition=Q(founded_in__isnull=True)
                | Q(founded_in__gte=1980, founded_in__lte=2100),
            ),
            models.CheckConstraint(
                name="agency_contact_is_whole",
                condition=Q(business_name="", business_phone="")
                | ~Q(business_name="") & ~Q(business_phone=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id}"
