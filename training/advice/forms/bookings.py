"""What a party asks, what an adviser shares, what the party says of the hour."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.forms import Form, show_flaws
from training.advice import rules
from training.advice.fields import QuestionFields
from training.advice.models import Adviser
from training.advice.states import AdviceTopic, Side


class QuestionForm(Form):
    question = forms.CharField(
        label=_("Your question"),
        max_length=rules.MOST_QUESTION,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What you have tried, what came of it, what you want to decide."),
    )
    topics = forms.MultipleChoiceField(
        label=_("What it is about"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, adviser: Adviser, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(topic, AdviceTopic(topic).label) for topic in adviser.topics]
        cast(forms.MultipleChoiceField, self.fields["topics"]).choices = names

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_question(self.fields_given()), {})
        return data

    def fields_given(self) -> QuestionFields:
        return QuestionFields(self.cleaned_data["question"], tuple(self.cleaned_data["topics"]))


class AbsenceForm(Form):
    absent = forms.ChoiceField(
        label=_("Who did not come?"),
        choices=[(Side.PARTY, Side.PARTY.label), (Side.ADVISER, Side.ADVISER.label)],
    )


class NotesForm(Form):
    notes = forms.CharField(
        label=_("Notes for the party"),
        max_length=rules.MOST_NOTES,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("What you advised, and the next steps. The party reads them here."),
    )


class RatingForm(Form):
    stars = forms.TypedChoiceField(
        label=_("How useful was the hour?"),
        coerce=int,
        choices=[
            (5, _("5 – it decided the matter")),
            (4, _("4 – good")),
            (3, _("3 – all right")),
            (2, _("2 – hardly any help")),
            (1, _("1 – no help")),
        ],
    )
    note = forms.CharField(label=_("In words"), max_length=300, required=False)
