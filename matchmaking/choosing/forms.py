"""The confidential part, and a colleague's stars."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matchmaking.choosing import rules
from matchmaking.choosing.fields import OpinionFields
from matchmaking.choosing.models import Opinion
from portal.core.forms import Form, show_flaws

CHOICES = [(n, str(n)) for n in reversed(rules.STARS)]


class ConfidentialForm(Form):
    text = forms.CharField(
        label=_("Confidential part"),
        max_length=rules.MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Margins, figures, plans. Bidders on the shortlist read it after a promise."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_confidential(data["text"]), {})
        return data


class OpinionForm(Form):
    plan = forms.TypedChoiceField(label=_("Plan"), choices=CHOICES, coerce=int)
    price = forms.TypedChoiceField(label=_("Price"), choices=CHOICES, coerce=int)
    team = forms.TypedChoiceField(label=_("Team"), choices=CHOICES, coerce=int)
    note = forms.CharField(label=_("In words"), max_length=300, required=False)

    def opinion(self) -> OpinionFields:
        return OpinionFields(**self.cleaned_data)


def initial_of_opinion(opinion: Opinion | None) -> dict[str, Any]:
    """What this colleague said last."""
    if opinion is None:
        return {}
    return {name: getattr(opinion, name) for name in ("plan", "price", "team", "note")}
