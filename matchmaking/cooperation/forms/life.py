"""Obligations, pauses and notice."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matchmaking.cooperation import rules, states
from matchmaking.cooperation.fields import EndingFields, ObligationFields
from matchmaking.cooperation.files import EVIDENCE
from matchmaking.cooperation.models import Cooperation
from portal.core.files.forms import UploadField
from portal.core.forms import DateField, Form, show_flaws


class ObligationForm(Form):
    title = forms.CharField(label=_("What is to be done"), max_length=80)
    detail = forms.CharField(
        label=_("Detail"), max_length=1_000, required=False, widget=forms.Textarea({"rows": 3})
    )
    due_on = DateField(label=_("Due on"))
    owed_by = forms.ChoiceField(label=_("Who does it"), widget=forms.RadioSelect)

    def __init__(self, cooperation: Cooperation, ours: int | None, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.cooperation = cooperation
        other = cooperation.other_side(ours)
        self.fields["owed_by"].choices = [  # type: ignore[attr-defined]  # a choice field
            ("us", _("We")),
            ("them", _("%(party)s, who is asked first") % {"party": other.name}),
        ]
        self.fields["owed_by"].initial = "us"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            flaws = rules.flaws_of_obligation(self.cooperation, self.obligation_fields())
            show_flaws(self, flaws, {})
        return data

    def obligation_fields(self) -> ObligationFields:
        data = self.cleaned_data
        return ObligationFields(
            title=data["title"],
            detail=data["detail"],
            due_on=data["due_on"],
            is_ours=data["owed_by"] == "us",
        )


class DoneForm(Form):
    note = forms.CharField(label=_("What was done"), max_length=300, required=False)
    evidence = UploadField(EVIDENCE, label=_("What shows it"), required=False)


class ReturnForm(Form):
    note = forms.CharField(label=_("What is missing"), max_length=300)


class PauseForm(Form):
    reason = forms.CharField(label=_("Why"), max_length=300)
    until = DateField(label=_("Goes on by itself on"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_pause(data["reason"], data["until"]), {})
        return data


class EndingForm(Form):
    reason = forms.ChoiceField(label=_("Why"), choices=states.EndReason.choices)
    note = forms.CharField(
        label=_("In words, for the other side"), max_length=300, widget=forms.Textarea({"rows": 3})
    )
    effective_on = DateField(label=_("Ends on"))
    evidence = UploadField(
        EVIDENCE,
        label=_("What shows it"),
        required=False,
        help_text=_("Only for cause: what was broken. The other side has three days to make good."),
    )

    def __init__(self, cooperation: Cooperation, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cooperation = cooperation
        self.fields["effective_on"].initial = rules.first_end(cooperation)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            flaws = rules.flaws_of_ending(self.cooperation, self.ending_fields())
            show_flaws(self, flaws, {})
        return data

    def ending_fields(self) -> EndingFields:
        data = self.cleaned_data
        return EndingFields(
            data["reason"], data["note"], data["effective_on"], data.get("evidence")
        )
