"""The shape of what people type about themselves and their parties."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.forms import Form, MoneyField, show_flaws
from portal.parties import rules
from portal.parties.fields import CONTACT_PHONE, PartyFields, ProviderFields
from portal.parties.forms.places import CitiesField, CityField
from portal.parties.models import Category, Party, ServiceType
from portal.parties.profile_states import FactPart
from portal.parties.states import PartyKind
from portal.policies.forms import SignUpConsentsForm

FORM_NAMES = {"service_ids": "services", "city_ids": "cities", "price_high_fen": "price_high"}


class NameForm(SignUpConsentsForm):
    """What sign-up asks beside mail and password."""

    name = forms.CharField(label=_("Your name"), max_length=60)
    field_order = ("name", "email", "password1", "terms", "privacy")

    def signup(self, request: object, user: object) -> None:
        """allauth calls this; the account adapter has saved everything already."""


class PartyForm(Form):
    """What every party says of itself, with the share of each category it trades in."""

    kind = PartyKind.MERCHANT

    name = forms.CharField(label=_("Short name"), max_length=40)
    legal_name = forms.CharField(
        label=_("Registered name"), max_length=80, help_text=_("As on the business licence.")
    )
    uscc = forms.CharField(
        label=_("Unified social credit code"),
        max_length=18,
        min_length=18,
        help_text=_("18 characters, on the business licence."),
    )
    city = CityField(label=_("City"), help_text=_("Type a few characters and choose."))
    contact_name = forms.CharField(label=_("Contact person"), max_length=40)
    contact_phone = forms.RegexField(
        CONTACT_PHONE,
        label=_("Contact phone"),
        help_text=_("Shown only to the other side of an agreed cooperation."),
        error_messages={"invalid": _("Enter digits, such as 13800001111 or 021-5555 1234.")},
    )
    intro = forms.CharField(
        label=_("Introduction"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    # Nobody types into it: what is wrong with the shares together is said beside their grid.
    shares = forms.Field(label=_("Shares of the categories"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.categories = list(Category.objects.filter(parent=None))
        for category in self.categories:
            self.fields[share_name(category)] = forms.IntegerField(
                label=category.name, min_value=0, max_value=100, required=False
            )

    def share_fields(self) -> list[forms.BoundField]:
        return [self[share_name(category)] for category in self.categories]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            flaws = rules.flaws_of_party(self.kind, self.party_fields(), self.provider_fields())
            show_flaws(self, flaws, FORM_NAMES)
        return data

    def party_fields(self) -> PartyFields:
        data = self.cleaned_data
        names = ("name", "legal_name", "uscc", "contact_name", "contact_phone", "intro")
        shares = {c.pk: data[share_name(c)] for c in self.categories if data[share_name(c)]}
        return PartyFields(
            **{name: data[name] for name in names}, city_id=data["city"].pk, shares=shares
        )

    def provider_fields(self) -> ProviderFields | None:
        return None


class ProviderForm(PartyForm):
    """A party that offers services."""

    kind = PartyKind.PROVIDER

    services = forms.ModelMultipleChoiceField(
        ServiceType.objects.all(), label=_("Services"), widget=forms.CheckboxSelectMultiple
    )
    price_low = MoneyField(label=_("Monthly fee from (¥)"))
    price_high = MoneyField(label=_("Monthly fee to (¥)"))
    works_remotely = forms.BooleanField(label=_("We work remotely"), required=False)
    cities = CitiesField(label=_("Cities served on site"), required=False)
    fact_parts = forms.MultipleChoiceField(
        label=_("Parts of the business you serve"),
        choices=FactPart.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    capacity = forms.IntegerField(
        label=_("Cooperations at once"),
        min_value=1,
        max_value=rules.MOST_CAPACITY,
        required=False,
        help_text=_("How many your team can run well. What is free is worked out from it."),
    )
    busy_elsewhere = forms.IntegerField(
        label=_("Of these outside of here"), min_value=0, required=False
    )

    def provider_fields(self) -> ProviderFields:
        data = self.cleaned_data
        return ProviderFields(
            service_ids=[s.pk for s in data["services"]],
            city_ids=[c.pk for c in data["cities"]],
            works_remotely=data["works_remotely"],
            price_low_fen=data["price_low"],
            price_high_fen=data["price_high"],
            fact_parts=data["fact_parts"],
            capacity=data["capacity"],
            busy_elsewhere=data["busy_elsewhere"] or 0,
        )


class AgencyForm(PartyForm):
    kind = PartyKind.AGENCY


class CreatorForm(PartyForm):
    """A creator may be a natural person, without a business licence."""

    kind = PartyKind.CREATOR
    legal_name = forms.CharField(
        label=_("Registered name, or your own"),
        max_length=80,
        help_text=_(
            "As on the business licence; without one, as on your ID card. The directory shows the "
            "short name only."
        ),
    )
    uscc = forms.CharField(
        label=_("Unified social credit code"),
        max_length=18,
        required=False,
        empty_value="",
        help_text=_("Leave it empty if you work as a person, without a business licence."),
    )


def form_for(kind: str) -> type[PartyForm]:
    forms_by_kind = {form.kind: form for form in (PartyForm, ProviderForm, AgencyForm, CreatorForm)}
    return forms_by_kind[PartyKind(kind)]


def initial_of(party: Party) -> dict[str, Any]:
    """What the form shows of an existing party."""
    names = ("name", "legal_name", "uscc", "contact_name", "contact_phone", "intro")
    initial: dict[str, Any] = {name: getattr(party, name) for name in names}
    initial["name"] = party.own_name
    initial["city"] = party.city_id
    for share in party.category_shares.all():
        initial[f"share_{share.category_id}"] = share.share
    profile = getattr(party, "profile", None)
    if profile is not None:
        initial |= {
            "services": profile.services.all(),
            "cities": profile.cities.all(),
            "works_remotely": profile.works_remotely,
            "price_low": profile.price_low_fen,
            "price_high": profile.price_high_fen,
            "fact_parts": profile.fact_parts,
            "capacity": profile.capacity,
            "busy_elsewhere": profile.busy_elsewhere or None,
        }
    return initial


def share_name(category: Category) -> str:
    return f"share_{category.pk}"
