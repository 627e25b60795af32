"""The shape of a question and of its answer."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.forms import Form


class QuestionForm(Form):
    text = forms.CharField(
        label=_("Your question"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("All who may bid read it, and the answer. Nobody learns who asked."),
    )


class AnswerForm(Form):
    answer = forms.CharField(
        label=_("Your answer"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
