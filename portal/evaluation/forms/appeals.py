"""The shape of an appeal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from portal.core.files import UploadField
from portal.core.forms import Form, show_flaws
from portal.evaluation import rules
from portal.evaluation.fields import AppealFields
from portal.evaluation.services import RATING_EVIDENCE

PAPERS = ("paper_1", "paper_2", "paper_3")


class AppealForm(Form):
    """Which number, what is wrong with it, and up to three files that show it."""

    indicator = forms.ChoiceField(label=_("Indicator"))
    text = forms.CharField(
        label=_("What is wrong"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Name the row, what it says, and what it should say."),
    )
    paper_1 = UploadField(RATING_EVIDENCE, label=_("Evidence"), required=False)
    paper_2 = UploadField(RATING_EVIDENCE, label=_("More evidence"), required=False)
    paper_3 = UploadField(RATING_EVIDENCE, label=_("More evidence"), required=False)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["indicator"] = forms.ChoiceField(label=_("Indicator"), choices=choices)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_appeal(self.appeal_fields()), {"evidence": "paper_1"})
        return data

    def appeal_fields(self) -> AppealFields:
        data = self.cleaned_data
        papers: list[UploadedFile] = [data[name] for name in PAPERS if data.get(name)]
        return AppealFields(text=data["text"], evidence=papers)
