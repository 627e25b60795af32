"""What an operator says of a fact that is not as it should be."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

CORRECT, TAKE_BACK, CONFIRM = "correct", "take_back", "confirm"


class CorrectionForm(forms.Form):
    step = forms.ChoiceField(
        label=_("What is to be done"),
        choices=[
            (CORRECT, _("Put the right value in its place")),
            (TAKE_BACK, _("Take it back")),
            (CONFIRM, _("Confirm it: I have seen what it says")),
        ],
        widget=forms.RadioSelect,
    )
    value = forms.FloatField(label=_("Right value"), required=False)
    why = forms.CharField(
        label=_("Why"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The party reads this sentence beside the fact."),
    )
