from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.activity import rules
from portal.activity.fields import MOST, DayFields
from portal.core.forms import DateField, Form, show_flaws


class DayForm(Form):
    """One day, as its party says it was."""

    day = DateField(label=_("Day"))
    followers = forms.IntegerField(
        label=_("Followers"), max_value=MOST["followers"], help_text=_("At the end of the day.")
    )
    shopping_followers = forms.IntegerField(
        label=_("Shopping followers"),
        required=False,
        help_text=_("Followers who have bought. Empty if it is not known."),
    )
    videos = forms.IntegerField(label=_("Videos"), max_value=MOST["videos"])
    lives = forms.IntegerField(label=_("Live sessions"), max_value=MOST["lives"])
    has_sold = forms.BooleanField(label=_("Sold something on this day"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_day(self.day_fields(0)), {})
        return data

    def day_fields(self, party_id: int) -> DayFields:
        return DayFields(**self.cleaned_data, party_id=party_id)
