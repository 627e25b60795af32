"""Disputes: what is said, and what is decided."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matchmaking.cooperation import rules, states
from matchmaking.cooperation.fields import DisputeFields
from matchmaking.cooperation.files import EVIDENCE
from matchmaking.cooperation.models import Cooperation
from portal.core import clock
from portal.core.files.forms import UploadField
from portal.core.forms import DateField, Form, PercentField, show_flaws


class StatementForm(Form):
    text = forms.CharField(
        label=_("Describe what happened"), max_length=2_000, widget=forms.Textarea({"rows": 5})
    )
    evidence = UploadField(EVIDENCE, label=_("What shows it"), required=False)


class AppealForm(Form):
    text = forms.CharField(
        label=_("Why it should be looked at again"),
        max_length=2_000,
        widget=forms.Textarea({"rows": 4}),
    )


class DisputeForm(StatementForm):
    reason = forms.ChoiceField(label=_("About"), choices=states.DisputeReason.choices)
    first_day = DateField(label=_("Orders paid from"))
    last_day = DateField(label=_("Orders paid until"))
    wanted = PercentField(
        label=_("Should go back to the merchant (%)"),
        help_text=_("Of what the hired side gets of these orders. 0 where nothing should."),
    )
    field_order = ("reason", "first_day", "last_day", "wanted", "text", "evidence")

    def __init__(self, cooperation: Cooperation, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cooperation = cooperation
        self.fields["first_day"].initial = cooperation.starts_on
        self.fields["last_day"].initial = min(clock.today(), cooperation.last_day)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            flaws = rules.flaws_of_dispute(self.cooperation, self.dispute_fields())
            show_flaws(self, flaws, {"wanted_bp": "wanted"})
        return data

    def dispute_fields(self) -> DisputeFields:
        data = self.cleaned_data
        return DisputeFields(
            reason=data["reason"],
            wanted_bp=data["wanted"] or 0,
            first_day=data["first_day"],
            last_day=data["last_day"],
            text=data["text"],
        )


class DecisionForm(Form):
    returned = PercentField(label=_("Goes back to the merchant (%)"))
    decision = forms.CharField(
        label=_("Why; both sides read it"), max_length=1_000, widget=forms.Textarea({"rows": 4})
    )
