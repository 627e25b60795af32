from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

INPUT = "form-control form-control-sm w-auto"  # it stands in a line of words


class MonthField(forms.DateField):
    """A month, `2026-03`, as its first day."""

    input_formats = ("%Y-%m",)
    widget = forms.DateInput(attrs={"type": "month", "class": INPUT}, format="%Y-%m")


class MonthForm(forms.Form):
    month = MonthField(label=_("Month"))


class DayForm(forms.Form):
    """As of which day a balance is asked."""

    day = forms.DateField(
        label=_("As of"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": INPUT}, format="%Y-%m-%d"),
    )

    def asked(self) -> date | None:
        return self.cleaned_data.get("day") if self.is_valid() else None
