"""An operator's decision, an author's appeal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.forms import Form


class DecisionForm(Form):
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("pass", _("Show it")), ("refuse", _("Keep it hidden"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The author reads it. Needed for a refusal, and for the answer to an appeal."),
    )

    def __init__(self, *args: Any, is_appeal: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_appeal = is_appeal

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        needs_words = self.is_appeal or data.get("decision") == "refuse"
        if needs_words and not (data.get("reason") or "").strip():
            self.add_error("reason", _("Give a reason; the author reads it."))
        return data


class AppealForm(Form):
    text = forms.CharField(
        label=_("Why is the refusal wrong?"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
