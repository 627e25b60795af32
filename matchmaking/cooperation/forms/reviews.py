"""Reviews, and answers to them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matchmaking.cooperation import rules
from matchmaking.cooperation.fields import AnswerFields, ReviewFields
from portal.core.forms import Form, show_flaws

STARS = [(n, "★" * n) for n in range(5, 0, -1)]


class ReviewForm(Form):
    result = forms.TypedChoiceField(label=_("Result"), choices=STARS, coerce=int)
    communication = forms.TypedChoiceField(label=_("Communication"), choices=STARS, coerce=int)
    reliability = forms.TypedChoiceField(label=_("Reliability"), choices=STARS, coerce=int)
    text = forms.CharField(
        label=_("In words"), max_length=600, required=False, widget=forms.Textarea({"rows": 4})
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_review(self.review_fields()), {})
        return data

    def review_fields(self) -> ReviewFields:
        return ReviewFields(**self.cleaned_data)


class AnswerForm(Form):
    answer = forms.CharField(
        label=_("Our answer"), max_length=600, widget=forms.Textarea({"rows": 3})
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_answer(self.answer_fields()), {})
        return data

    def answer_fields(self) -> AnswerFields:
        return AnswerFields(self.cleaned_data["answer"])
