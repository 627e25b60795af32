"""Phone, code and name: what sign-in by phone asks, a step at a time."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.contacts import normal_phone
from portal.core.forms import Form
from portal.parties.models.phones import CODE_DIGITS
from portal.policies.forms import SignUpConsentsForm


class PhoneForm(Form):
    phone = forms.CharField(
        label=_("Mobile number"),
        max_length=24,
        widget=forms.TextInput(
            attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel", "placeholder": "138…"}
        ),
    )

    def clean_phone(self) -> str:
        phone = normal_phone(self.cleaned_data["phone"])
        if not phone:
            raise forms.ValidationError(_("Enter a mainland mobile number of 11 digits."))
        return phone


class CodeForm(Form):
    code = forms.RegexField(
        rf"^\s*\d{{{CODE_DIGITS}}}\s*$",
        label=_("Code from the message"),
        error_messages={"invalid": _("The code has 6 digits.")},
        widget=forms.TextInput(
            attrs={
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
                "maxlength": CODE_DIGITS,
                "autofocus": True,
            }
        ),
    )

    def clean_code(self) -> str:
        return self.cleaned_data["code"].strip()


class PersonForm(SignUpConsentsForm, Form):
    field_order = ("name", "terms", "privacy")

    name = forms.CharField(
        label=_("Your name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
