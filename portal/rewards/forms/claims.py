"""What parties and operators say about a claim."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.core.files import UploadField
from portal.core.forms import DateField, Form, show_flaws
from portal.rewards import rules
from portal.rewards.fields import RevocationFields
from portal.rewards.services import EVIDENCE
from portal.rewards.states import Consequence

MOST_REASON, MOST_TEXT = 600, 2000
PAPERS = ("paper_1", "paper_2", "paper_3")
PASS, FAIL = "pass", "fail"
GRANT, UPHOLD = "grant", "uphold"


def _text(label: Any, most: int, rows: int = 4, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=most, widget=widget, **more)


class SubmissionForm(Form):
    note = _text(_("Anything the verifier should know"), MOST_REASON, 2, required=False)


class VerdictForm(Form):
    """Passed, or not with the reason the party reads."""

    decision = forms.ChoiceField(
        label=_("Your decision"),
        choices=((PASS, _("Passed")), (FAIL, _("Not passed"))),
        widget=forms.RadioSelect,
    )
    reason = _text(
        _("Reason"),
        MOST_REASON,
        required=False,
        help_text=_("The party reads it. Where it did not pass, it must say why."),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("decision") == FAIL and not said.get("reason"):
            self.add_error("reason", _("Say why; the party reads it."))
        return said


class RevocationForm(Form):
    reason = _text(_("Reason"), MOST_REASON)
    consequence = forms.ChoiceField(label=_("What follows"), choices=Consequence.choices)
    barred_until = DateField(label=_("No task until"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_revocation(self.fields_given()), {})
        return data

    def fields_given(self) -> RevocationFields:
        return RevocationFields(**self.cleaned_data)


class AppealForm(Form):
    """What is wrong, and up to three files that show it."""

    text = _text(pgettext_lazy("objection", "What is wrong"), MOST_TEXT, 6)
    paper_1 = UploadField(EVIDENCE, label=_("Evidence"), required=False)
    paper_2 = UploadField(EVIDENCE, label=_("More evidence"), required=False)
    paper_3 = UploadField(EVIDENCE, label=_("More evidence"), required=False)

    def papers(self) -> list[UploadedFile]:
        return [self.cleaned_data[name] for name in PAPERS if self.cleaned_data.get(name)]


class AppealAnswerForm(Form):
    decision = forms.ChoiceField(
        label=_("Your decision"),
        choices=((GRANT, _("The objection is right")), (UPHOLD, _("The decision stands"))),
        widget=forms.RadioSelect,
    )
    sentence = _text(_("Answer to the party"), MOST_REASON)
