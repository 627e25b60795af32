"""The shape of a call, and of an answer to one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matchmaking.needs import rules
from matchmaking.needs.fields import CallFields
from matchmaking.needs.models import MINUTES, Talk
from portal.core import clock
from portal.core.forms import Form, MomentField, show_flaws

TIMES = ("time_1", "time_2", "time_3")
FORM_NAMES = {"times": "time_1"}


class NoteForm(Form):
    note = forms.CharField(
        label=_("In words"),
        max_length=rules.MOST_NOTE,
        required=False,
        help_text=_("The other side reads it. Leave contacts out."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        show_flaws(self, rules.flaws_of_talk_note(data.get("note", "")), {})
        return data


class TimesForm(Form):
    """Up to three times, and a word with them."""

    time_1 = MomentField(label=_("Time"))
    time_2 = MomentField(label=_("Or"), required=False)
    time_3 = MomentField(label=_("Or"), required=False)
    minutes = forms.TypedChoiceField(
        label=_("Length (minutes)"),
        choices=[(n, str(n)) for n in MINUTES],
        coerce=int,
        initial=30,
    )
    note = forms.CharField(label=_("In words"), max_length=rules.MOST_NOTE, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def call_fields(self) -> CallFields:
        data = self.cleaned_data
        times = [data[name] for name in TIMES if data.get(name)]
        return CallFields(times, data["minutes"], data.get("link", "").strip(), data["note"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_call(self.call_fields()), FORM_NAMES)
        return data


class CallForm(TimesForm):
    link = forms.CharField(
        label=_("Link of the video call"),
        max_length=rules.MOST_LINK,
        required=False,
        help_text=_("Empty: you ring each other, and a yes shows both sides' contacts."),
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    field_order = (*TIMES, "minutes", "link", "note")


def chosen_time(text: str) -> datetime | None:
    """The time a button stands for; none where it was tampered with."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else None


def initial_of_times(talk: Talk) -> dict[str, Any]:
    """What the form of other times begins with."""
    return {"minutes": talk.minutes, "version": talk.version}


def earliest_time() -> str:
    """What the fields of a time take at least."""
    at = (clock.now() + rules.SOONEST).astimezone(clock.SHANGHAI)
    return f"{at:%Y-%m-%dT%H:%M}"
