"""What a creator writes at its gate."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.forms import Form


class PaymentForm(Form):
    reference = forms.CharField(
        label=_("Number of the transfer at your bank"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class RefundForm(Form):
    why = forms.CharField(label=_("Why you want it back"), max_length=300)
