"""Inviting a creator, and leaving."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from portal.core.files import UploadField
from portal.core.forms import DateField, Form, show_flaws
from portal.parties import rules
from portal.parties.fields import CONTACT_PHONE, RosterFields
from portal.parties.files import DEPARTURE_EVIDENCE
from portal.parties.models import Party

EVIDENCE = ("file_1", "file_2", "file_3")


class RosterForm(Form):
    """What an agency offers a creator. One who is listed here needs no phone."""

    name = forms.CharField(label=_("Creator's name"), max_length=40)
    account = forms.CharField(label=_("Douyin account"), max_length=60, required=False)
    phone = forms.RegexField(
        CONTACT_PHONE,
        label=_("Phone"),
        required=False,
        help_text=_("For your own list; you pass the link on yourself."),
        error_messages={"invalid": _("Enter digits, such as 13800001111 or 021-5555 1234.")},
    )
    starts_on = DateField(label=_("First day"))
    last_day = DateField(label=_("Last day"))
    terms = forms.CharField(
        label=_("Terms"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Shares, duties, samples, the end: this is what the creator agrees to."),
    )

    def __init__(self, *args: Any, creator: Party | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.creator = creator
        if creator is not None:
            del self.fields["name"], self.fields["phone"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_roster(self.roster_fields()), {})
        return data

    def roster_fields(self) -> RosterFields:
        data = self.cleaned_data
        return RosterFields(
            name=self.creator.name if self.creator else data["name"],
            creator_id=self.creator.pk if self.creator else None,
            phone=data.get("phone", ""),
            account=data["account"],
            starts_on=data["starts_on"],
            last_day=data["last_day"],
            terms=data["terms"],
        )


class DepartureForm(Form):
    """A wish to leave before the contract ends."""

    last_day = DateField(label=_("Last day"))
    reason = forms.CharField(
        label=_("Why"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The other side reads it, and an operator if it is contested."),
    )


class StatementForm(Form):
    """What a side says to a contested departure."""

    statement = forms.CharField(
        label=_("What speaks for your side"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Both sides and the operator read it; it cannot be changed later."),
    )
    file_1 = UploadField(DEPARTURE_EVIDENCE, label=_("Evidence"), required=False)
    file_2 = UploadField(DEPARTURE_EVIDENCE, label=_("More evidence"), required=False)
    file_3 = UploadField(DEPARTURE_EVIDENCE, label=_("More evidence"), required=False)

    def files_given(self) -> list[UploadedFile]:
        return [self.cleaned_data[name] for name in EVIDENCE if self.cleaned_data.get(name)]


class DecisionForm(Form):
    """How an operator decides a contested departure."""

    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            ("leave", _("The contract ends early")),
            ("stay", _("The contract runs to its end")),
        ],
        widget=forms.RadioSelect,
    )
    last_day = DateField(label=_("Last day"), required=False)
    reasons = forms.CharField(
        label=_("Reasons"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Both sides read them."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("outcome") == "leave" and data.get("last_day") is None:
            self.add_error("last_day", _("Name the last day."))
        return data

    @property
    def decided_last_day(self) -> Any:
        data = self.cleaned_data
        return data["last_day"] if data["outcome"] == "leave" else None
