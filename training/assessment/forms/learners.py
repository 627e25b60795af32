"""What learners answer and hand in, what markers give."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from portal.core.files import UploadField
from portal.core.forms import Form
from portal.core.verdict import Flaw, Refused, flawless
from training.assessment import rules
from training.assessment.files import WORK
from training.assessment.models import Criterion

FILES = ("file_1", "file_2", "file_3")


def answers_given(sent: QueryDict) -> dict[int, list[int]]:
    """By position; a sheet sends every question it asks, and so takes answers back, too."""
    found: dict[int, list[int]] = {}
    for name in sent:
        head, _dash, position = name.partition("-")
        if head not in {"asked", "answer"} or not position.isdecimal() or len(position) > 4:
            continue
        chosen = sent.getlist(f"answer-{position}")
        if not all(one.isdecimal() and len(one) < 3 for one in chosen):
            sentence = _("Choose from the options there are.")
            raise Refused(flawless([Flaw(f"answer-{position}", sentence)]))
        found[int(position)] = [int(one) for one in chosen]
    return found


class WorkForm(Form):
    text = forms.CharField(
        label=_("Your work"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("Do not write your name or your company's: whoever marks it must not know."),
    )
    file_1 = UploadField(WORK, label=_("File"), required=False)
    file_2 = UploadField(WORK, label=_("Another file"), required=False)
    file_3 = UploadField(WORK, label=_("One more file"), required=False)

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if len(text) > rules.MOST_TEXT:
            raise forms.ValidationError(_("Up to %(n)s characters.") % {"n": rules.MOST_TEXT})
        return text

    @property
    def uploads(self) -> list[UploadedFile]:
        return [self.cleaned_data[name] for name in FILES if self.cleaned_data.get(name)]


class MarkForm(Form):
    """Points of each criterion, and words for the learner."""

    words = forms.CharField(
        label=_("Words for the learner"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What is good, and what to do better. Your name does not stand there."),
    )

    def __init__(self, criteria: Sequence[Criterion], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = [f"points-{one.position}" for one in criteria]
        for name, one in zip(self.names, criteria, strict=True):
            self.fields[name] = forms.IntegerField(
                label=one.text,
                min_value=0,
                max_value=one.points,
                help_text=_("From 0 to %(n)s points.") % {"n": one.points},
            )
        self.order_fields([*self.names, "words"])

    @property
    def points_given(self) -> list[int]:
        return [self.cleaned_data[name] for name in self.names]


class FeedbackForm(Form):
    stars = forms.TypedChoiceField(
        label=_("How useful was the course?"),
        coerce=int,
        widget=forms.RadioSelect,
        choices=[
            (5, _("5 – I use it every day")),
            (4, _("4 – good")),
            (3, _("3 – all right")),
            (2, _("2 – hardly any use")),
            (1, _("1 – no use")),
        ],
    )
    words = forms.CharField(
        label=_("In words"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Who teaches reads it without your name, from five answers on."),
    )
