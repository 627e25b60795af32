"""The shape of a claim, of what is added to it, and of its answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from portal.core.files import UploadField
from portal.core.forms import Form
from portal.parties import rules
from portal.parties.files import CLAIM_PROOF

PROOFS = ("proof_1", "proof_2", "proof_3")


class ClaimForm(Form):
    text = forms.CharField(
        label=_("Who you are there, and what proves it"),
        max_length=rules.MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    proof_1 = UploadField(CLAIM_PROOF, label=_("Document"), required=False)
    proof_2 = UploadField(CLAIM_PROOF, label=_("Another document"), required=False)
    proof_3 = UploadField(CLAIM_PROOF, label=_("Another document"), required=False)

    def proofs(self) -> list[UploadedFile]:
        return [self.cleaned_data[name] for name in PROOFS if self.cleaned_data.get(name)]


class ClaimAnswerForm(forms.Form):
    """An operator's answer to a claim."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            ("accept", _("Accept: the person owns the party")),
            ("ask", _("Ask for more")),
            ("refuse", _("Refuse")),
        ],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("What is missing, or why it is refused"),
        required=False,
        max_length=rules.MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The claimant reads this sentence."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        is_silent = not (data.get("text") or "").strip()
        if data.get("decision") in {"ask", "refuse"} and is_silent and "text" not in self.errors:
            self.add_error("text", _("Say why; the claimant reads this."))
        return data
