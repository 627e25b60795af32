"""Making an API key."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.forms import Form, show_flaws
from portal.parties import rules
from portal.parties.fields import GrantFields, KeyFields
from portal.parties.states import Scope

DAYS = [(30, _("30 days")), (90, _("90 days")), (365, _("a year"))]


class GrantForm(Form):
    key = forms.CharField(
        label=_("Beginning of their key"),
        max_length=80,
        help_text=_("The other side finds it on its page of keys: tlk_4Fh8aB2c9x, for example."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"), choices=Scope.choices, widget=forms.CheckboxSelectMultiple
    )
    days = forms.TypedChoiceField(label=_("Works for"), choices=DAYS, coerce=int, initial=365)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_grant(self.grant_fields()), {"prefix": "key"})
        return data

    def grant_fields(self) -> GrantFields:
        data = self.cleaned_data
        return GrantFields(prefix=data["key"], scopes=data["scopes"], days=data["days"])


class KeyForm(Form):
    name = forms.CharField(
        label=_("Name of the key"), max_length=60, help_text=_("Which machine uses it.")
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"), choices=Scope.choices, widget=forms.CheckboxSelectMultiple
    )
    days = forms.TypedChoiceField(label=_("Works for"), choices=DAYS, coerce=int, initial=90)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_key(self.key_fields()), {})
        return data

    def key_fields(self) -> KeyFields:
        data = self.cleaned_data
        return KeyFields(name=data["name"], scopes=data["scopes"], days=data["days"])
