"""The days of a window."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.forms import DateField, Form, show_flaws
from portal.tiers import rules, selectors
from portal.tiers.engine import Quarter
from portal.tiers.fields import WindowFields
from portal.tiers.models import StarWindow

DAYS = ("opens_on", "closes_on", "announces_on", "effective_on")


class WindowForm(Form):
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2200)
    quarter = forms.TypedChoiceField(
        label=_("Quarter"), choices=[(n, f"Q{n}") for n in range(1, 5)], coerce=int
    )
    opens_on = DateField(label=_("Opens on"))
    closes_on = DateField(label=_("Last day to apply"))
    announces_on = DateField(label=_("Results announced on"))
    effective_on = DateField(label=_("Results hold from"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            fields = self.window_fields()
            quarter = Quarter(fields.year, fields.quarter)
            before = StarWindow.objects.of(quarter.previous()).first()
            held = selectors.rules_of(quarter)
            show_flaws(self, rules.flaws_of_window(fields, held, before), {})
        return data

    def window_fields(self) -> WindowFields:
        return WindowFields(**self.cleaned_data)


def initial_of_window(window: StarWindow) -> dict[str, Any]:
    return {name: getattr(window, name) for name in ("year", "quarter", *DAYS)}
