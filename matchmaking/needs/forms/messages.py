"""The shape of a message, and of a report of one."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from matchmaking.needs.files import ATTACHMENT
from matchmaking.needs.rules import MOST_TEXT
from matchmaking.needs.states import ReportReason
from portal.core.files import UploadField
from portal.core.forms import Form


class WordsOrFile(forms.CharField):
    """Needed unless a file is there, so it is not called optional."""

    is_conditional = True


class MessageForm(Form):
    text = WordsOrFile(
        label=_("Your message"),
        max_length=MOST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    file = UploadField(ATTACHMENT, label=_("File"), required=False)


class ReportForm(Form):
    reason = forms.ChoiceField(label=_("What is wrong?"), choices=ReportReason.choices)
    note = forms.CharField(label=_("In words"), max_length=300, required=False)
