"""Changes of what was agreed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matchmaking.cooperation import rules
from matchmaking.cooperation.fields import AmendmentFields
from matchmaking.cooperation.forms.words import lines
from matchmaking.cooperation.models import Cooperation
from portal.core.forms import DateField, Form, show_flaws

ONE = timedelta(days=1)


class AmendmentForm(Form):
    last_day = DateField(label=_("Last day"))
    scope = forms.CharField(label=_("Scope"), max_length=5_000, widget=forms.Textarea({"rows": 8}))
    service_level = forms.CharField(
        label=_("Service level"),
        max_length=1_000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    notice_days = forms.IntegerField(label=_("Days of notice"))
    payment_day = forms.IntegerField(
        label=_("Fee is paid until this day of the month"), required=False
    )
    note = forms.CharField(label=_("Why"), max_length=300, required=False)

    def __init__(self, cooperation: Cooperation, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = ("scope", "service_level", "notice_days", "payment_day")
        self.initial = {name: getattr(cooperation, name) for name in kept}
        self.initial["last_day"] = cooperation.last_day
        self.cooperation = cooperation

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            flaws = rules.flaws_of_amendment(self.cooperation, self.amendment_fields())
            show_flaws(self, flaws, {"ends_on": "last_day"})
        return data

    def amendment_fields(self) -> AmendmentFields:
        data = self.cleaned_data
        return AmendmentFields(
            data["last_day"] + ONE,
            lines(data["scope"]),
            data["note"],
            lines(data["service_level"]),
            data["notice_days"],
            data["payment_day"],
        )
