"""The shape of what is said of accounts elsewhere, and of where a party is paid."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.files import UploadField
from portal.core.forms import Form, show_flaws
from portal.parties import rules
from portal.parties.fields import OwnedFields, PayoutFields
from portal.parties.files import ACCOUNT_PROOF
from portal.parties.models import Party
from portal.parties.states import Platform
from portal.policies.forms import consent_box
from portal.policies.states import DocumentKind


class OwnedForm(Form):
    """Which account or shop."""

    platform = forms.ChoiceField(label=_("What it is"), choices=Platform.choices)
    handle = forms.CharField(
        label=_("Number there"),
        max_length=60,
        help_text=_("The Douyin number in the profile, or the number of the shop."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    name = forms.CharField(label=_("Name shown there"), max_length=60)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_owned(self.owned_fields()), {})
        return data

    def owned_fields(self) -> OwnedFields:
        data = self.cleaned_data
        return OwnedFields(platform=data["platform"], handle=data["handle"], name=data["name"])


class ScreenshotForm(Form):
    """A picture instead of a code."""

    screenshot = UploadField(
        ACCOUNT_PROOF,
        label=_("Screenshot of the back office"),
        help_text=_("With the number and the name of the account, taken today."),
    )


class PayoutForm(Form):
    """Where a party is paid. The number is typed anew each time: nobody reads it back."""

    bank = forms.CharField(label=_("Bank"), max_length=60)
    branch = forms.CharField(label=_("Branch"), max_length=80)
    holder = forms.CharField(label=_("Account holder"), max_length=80)
    bank_code = forms.CharField(
        label=_("Branch code"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        help_text=_("12 digits (CNAPS); your bank tells it."),
    )
    number = forms.CharField(
        label=_("Account number"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        help_text=_("Kept encrypted; pages show its last four digits only."),
    )
    # Not required here: the rule says what is missing, in the same words as the API.
    consents = consent_box(DocumentKind.IDENTITY, required=False)

    def __init__(self, *args: Any, party: Party, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.party = party
        self.fields["holder"].initial = rules.name_to_pay(party)
        if party.is_natural_person:
            del self.fields["branch"], self.fields["bank_code"]
            self.fields["number"].label = _("Card number")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_payout(self.party, self.payout_fields()), {})
        return data

    def payout_fields(self) -> PayoutFields:
        data = self.cleaned_data
        return PayoutFields(
            bank=data["bank"],
            branch=data.get("branch", ""),
            holder=data["holder"],
            number=data["number"],
            consents=data["consents"],
            bank_code=data.get("bank_code", ""),
        )


class PayoutRefusalForm(Form):
    reason = forms.CharField(
        label=_("Why not"), max_length=300, help_text=_("Your colleagues read this sentence.")
    )
