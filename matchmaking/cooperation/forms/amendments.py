"""Changes of what was agreed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matchmaking.cooperation import rules
from matchmaking.cooperation.fields import AmendmentFields, PriceFields
from matchmaking.cooperation.forms.prices import FORM_NAMES, LadderForm, initial_of_ladder
from matchmaking.cooperation.forms.words import lines
from matchmaking.cooperation.models import Cooperation
from portal.core.forms import DateField, MoneyField, show_flaws

ONE = timedelta(days=1)
KEPT = ("scope", "service_level", "notice_days", "payment_day", "version")
NAMES = FORM_NAMES | {"ends_on": "last_day", "gmv_target_fen": "gmv_target"}


class AmendmentForm(LadderForm):
    """All that was agreed, to be changed: what is left as it is stays. `version` is the one it
    began from."""

    gmv_target = MoneyField(label=_("GMV target (¥, over the whole term)"), required=False)
    last_day = DateField(label=_("Last day"))
    notice_days = forms.IntegerField(label=_("Days of notice"))
    payment_day = forms.IntegerField(
        label=_("Fee is paid until this day of the month"), required=False
    )
    scope = forms.CharField(label=_("Scope"), max_length=5_000, widget=forms.Textarea({"rows": 8}))
    service_level = forms.CharField(
        label=_("Service level"),
        max_length=1_000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    note = forms.CharField(label=_("Why"), max_length=300, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, cooperation: Cooperation, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {name: getattr(cooperation, name) for name in KEPT}
        self.initial |= initial_of_ladder(cooperation)
        self.initial["last_day"] = cooperation.last_day
        self.initial["gmv_target"] = cooperation.gmv_target_fen
        self.cooperation = cooperation

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors:
            flaws = rules.flaws_of_amendment(self.cooperation, self.amendment_fields())
            show_flaws(self, flaws, NAMES)
        return data

    def amendment_fields(self) -> AmendmentFields:
        data = self.cleaned_data
        return AmendmentFields(
            ends_on=data["last_day"] + ONE,
            scope=lines(data["scope"]),
            note=data["note"],
            service_level=lines(data["service_level"]),
            notice_days=data["notice_days"],
            payment_day=data["payment_day"],
            price=PriceFields(**self.ladder_fields()),
            gmv_target_fen=data["gmv_target"],
        )
