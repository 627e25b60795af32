"""The shape of what is said of a document, and of a natural person."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.files import UploadField
from portal.core.forms import DateField, Form, show_flaws
from portal.parties import rules
from portal.parties.fields import CONTACT_PHONE, DocumentFields, GuardianFields, RealNameFields
from portal.parties.files import PARTY_DOCUMENT
from portal.parties.models import DocumentKind, Party, RealName
from portal.policies import states as policies
from portal.policies.forms import consent_box


class DocumentForm(Form):
    """One document of a kind; what the kind does not ask for is not shown."""

    file = UploadField(PARTY_DOCUMENT, label=_("File"))
    number = forms.CharField(label=_("Certificate number"), max_length=60, required=False)
    granted_by = forms.CharField(label=_("Granted by"), max_length=80, required=False)
    granted_to = forms.CharField(label=_("Granted to"), max_length=80, required=False)
    expires_on = DateField(
        label=_("Last day"), required=False, help_text=_("Leave empty if it has none.")
    )

    def __init__(self, *args: Any, kind: DocumentKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        if not kind.is_chain:
            del self.fields["granted_by"], self.fields["granted_to"]
        if kind.is_personal:
            del self.fields["number"]  # the number of a person's ID is asked for elsewhere
        elif kind.is_permit:
            self.fields["number"].required = True
        if kind.must_expire:
            self.fields["expires_on"].required = True
            self.fields["expires_on"].help_text = _("As on the document; we remind you in time.")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_document(self.kind, self.document_fields()), {})
        return data

    def document_fields(self) -> DocumentFields:
        data = self.cleaned_data
        return DocumentFields(
            number=data.get("number", ""),
            granted_by=data.get("granted_by", ""),
            granted_to=data.get("granted_to", ""),
            expires_on=data.get("expires_on"),
        )


class RealNameForm(Form):
    """Who a creator is; the guardian's part is for those of 16 and 17."""

    name = forms.CharField(label=_("Real name"), max_length=40, help_text=_("As on the ID card."))
    number = forms.CharField(
        label=_("Resident ID number"),
        max_length=18,
        min_length=18,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text"}),
        help_text=_("Kept encrypted; pages show its last four characters only."),
    )
    guardian_name = forms.CharField(label=_("Guardian's name"), max_length=40, required=False)
    guardian_phone = forms.RegexField(
        CONTACT_PHONE,
        label=_("Guardian's phone"),
        required=False,
        error_messages={"invalid": _("Enter digits, such as 13800001111 or 021-5555 1234.")},
    )
    guardian_agrees = forms.BooleanField(
        label=_("My guardian has read the rules and agrees"), required=False
    )
    # Not required here: the rule says what is missing, in the same words as the API.
    consents = consent_box(policies.DocumentKind.IDENTITY, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_real_name(self.real_name_fields()), {})
        return data

    def real_name_fields(self) -> RealNameFields:
        data = self.cleaned_data
        has_guardian = data["guardian_name"] or data["guardian_phone"] or data["guardian_agrees"]
        guardian = GuardianFields(
            name=data["guardian_name"],
            phone=data["guardian_phone"],
            agrees=data["guardian_agrees"],
        )
        return RealNameFields(
            name=data["name"],
            number=data["number"],
            consents=data["consents"],
            guardian=guardian if has_guardian else None,
        )


def initial_of_real_name(party: Party, real_name: RealName | None) -> dict[str, Any]:
    """The number is typed again: nobody reads it back."""
    if real_name is None:
        return {"name": party.legal_name}
    guardian = getattr(real_name, "guardian", None)
    return {"name": real_name.name, "guardian_name": guardian.name if guardian else ""}
