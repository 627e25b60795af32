"""Who is enrolled, and who was there from when to when."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.forms import Form, MomentField
from training.courses.models import Session
from training.courses.states import SessionForm
from training.learning.fields import EnrolFields, PresenceFields
from training.learning.rules import MOST_MESSAGE
from training.learning.selectors.enrolments import PersonOfParty


class EnrolForm(Form):
    """Who of the party; whoever has a seat already is not offered again."""

    who = forms.ChoiceField(label=_("Who takes part"))
    key = forms.CharField(widget=forms.HiddenInput, max_length=60)

    def __init__(self, people: Sequence[PersonOfParty], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free = [(one.key, one.name) for one in people if one.enrolment is None]
        self.fields["who"].choices = free  # type: ignore[attr-defined]
        self.fields["key"].initial = uuid.uuid4().hex

    def fields_given(self) -> EnrolFields:
        who, key = self.cleaned_data["who"], self.cleaned_data["key"]
        if who.startswith("m"):
            return EnrolFields(key, member_id=uuid.UUID(who[1:]))
        return EnrolFields(key, user_id=int(who[1:]))


class MessageForm(Form):
    text = forms.CharField(
        label=_("To everybody with a seat"),
        max_length=MOST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("By notice, and by the ways each has chosen. It cannot be taken back."),
    )


class RoomForm(Form):
    """The venue on site; the link of a live room."""

    place = forms.CharField(max_length=300, help_text=_("Everybody who enrolled is told."))

    def __init__(self, session: Session, *args: Any, **kwargs: Any) -> None:
        is_on_site = session.form == SessionForm.OFFLINE
        kwargs["initial"] = {"place": session.venue if is_on_site else session.link}
        super().__init__(*args, **kwargs)
        self.fields["place"].label = _("venue") if is_on_site else _("link to the live room")


class PresenceForm(Form):
    arrived_at = MomentField(label=_("arrived at"))
    left_at = MomentField(label=_("left at"), required=False)

    def fields_given(self) -> PresenceFields:
        return PresenceFields(self.cleaned_data["arrived_at"], self.cleaned_data["left_at"])
