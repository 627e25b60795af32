"""The shape of what merchants and agencies say of themselves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.forms import Form, show_flaws
from portal.parties import rules
from portal.parties.fields import CONTACT_PHONE, AgencyFields, MerchantFields
from portal.parties.models import AgencyProfile, Belt, MerchantProfile, Party
from portal.parties.profile_states import ShipHours, ShopTier
from portal.parties.states import PartyKind


def brands_in(text: str) -> list[str]:
    """One a line, or with commas between them."""
    for comma in "，、,;；":
        text = text.replace(comma, "\n")
    return [brand for line in text.splitlines() if (brand := line.strip())]


class MerchantForm(Form):
    shop_tier = forms.ChoiceField(label=_("Sort of shop"), choices=ShopTier.choices)
    own_brands = forms.CharField(
        label=_("Our own brands"),
        max_length=900,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One a line."),
    )
    sold_brands = forms.CharField(
        label=_("Brands we are allowed to sell"),
        max_length=900,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One a line."),
    )
    belts = forms.ModelMultipleChoiceField(
        Belt.objects.all(),
        label=_("Industry belts"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    ship_hours = forms.TypedChoiceField(
        label=_("Goods leave"), choices=ShipHours.choices, coerce=int, initial=ShipHours.TWO_DAYS
    )
    returns_days = forms.IntegerField(
        label=_("Days to return without a reason"),
        min_value=rules.RETURNS[0],
        max_value=rules.RETURNS[1],
        initial=rules.RETURNS[0],
    )
    ships_free = forms.BooleanField(label=_("We ship for free"), required=False)
    insures_returns = forms.BooleanField(label=_("We pay for returns"), required=False)
    ships_cold = forms.BooleanField(label=_("We ship in a cold chain"), required=False)
    sends_samples = forms.BooleanField(label=_("We send samples"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_merchant(self.profile_fields()), {"belt_ids": "belts"})
        return data

    def profile_fields(self) -> MerchantFields:
        data = self.cleaned_data
        names = (
            *("shop_tier", "ship_hours", "returns_days", "ships_free", "insures_returns"),
            *("ships_cold", "sends_samples"),
        )
        return MerchantFields(
            **{name: data[name] for name in names},
            belt_ids=[belt.pk for belt in data["belts"]],
            own_brands=brands_in(data["own_brands"]),
            sold_brands=brands_in(data["sold_brands"]),
        )


class AgencyHouseForm(Form):
    founded_in = forms.IntegerField(label=_("Founded in"), required=False)
    managers = forms.IntegerField(label=_("Creators' managers"), min_value=0, required=False)
    studios = forms.IntegerField(label=_("Studios"), min_value=0, required=False)
    takes_new = forms.BooleanField(label=_("We take new creators"), required=False)
    business_name = forms.CharField(label=_("Commercial contact"), max_length=40, required=False)
    business_phone = forms.RegexField(
        CONTACT_PHONE,
        label=_("Its phone"),
        required=False,
        help_text=_("Others see it masked until a cooperation is agreed."),
        error_messages={"invalid": _("Enter digits, such as 13800001111 or 021-5555 1234.")},
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_agency(self.profile_fields()), {})
        return data

    def profile_fields(self) -> AgencyFields:
        return AgencyFields(**self.cleaned_data)


def initial_of_profile(party: Party) -> dict[str, Any]:
    if party.kind == PartyKind.MERCHANT:
        shop = MerchantProfile.objects.filter(party=party).first()
        return _initial_of_shop(shop) if shop else {}
    house = AgencyProfile.objects.filter(party=party).first()
    names = AgencyHouseForm.base_fields
    return {name: getattr(house, name) for name in names} if house else {"takes_new": True}


def _initial_of_shop(shop: MerchantProfile) -> dict[str, Any]:
    plain = set(MerchantForm.base_fields) - {"belts", "own_brands", "sold_brands"}
    initial: dict[str, Any] = {name: getattr(shop, name) for name in plain}
    brands = list(shop.brands.all())
    initial["own_brands"] = "\n".join(brand.name for brand in brands if brand.is_own)
    initial["sold_brands"] = "\n".join(brand.name for brand in brands if not brand.is_own)
    return initial | {"belts": shop.belts.all()}
