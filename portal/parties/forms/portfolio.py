"""The shape of what a provider says of its team and its cases."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from portal.core.files import UploadField
from portal.core.forms import DateField, Form, MoneyField, show_flaws
from portal.parties import rules
from portal.parties.fields import CertificateFields, ClientCaseFields, StaffFields
from portal.parties.files import CASE_EVIDENCE
from portal.parties.models import Category, ClientCase, StaffMember
from portal.parties.profile_states import StaffRole

PLACES = range(1, rules.MOST_CERTIFICATES + 1)
EVIDENCE = ("evidence_1", "evidence_2", "evidence_3")
CASE_NAMES = {"category_id": "category", "gmv_fen": "gmv", "evidence": "evidence_1"}


class StaffForm(Form):
    """Somebody of the team, with up to three certificates."""

    name = forms.CharField(
        label=_("Name"), max_length=40, help_text=_("Seen by your own party only.")
    )
    role = forms.ChoiceField(label=_("Role"), choices=StaffRole.choices)
    years = forms.IntegerField(
        label=_("Years in the trade"), min_value=0, max_value=rules.MOST_YEARS
    )
    # Nobody types into it: what is wrong with the certificates is said beside them.
    certificates = forms.Field(label=_("Certificates"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place in PLACES:
            self.fields[f"title_{place}"] = forms.CharField(
                label=_("Certificate"), max_length=60, required=False
            )
            self.fields[f"issuer_{place}"] = forms.CharField(
                label=_("Issued by"), max_length=60, required=False
            )
            self.fields[f"number_{place}"] = forms.CharField(
                label=_("Certificate number"), max_length=60, required=False
            )
            self.fields[f"expires_on_{place}"] = DateField(label=_("Last day"), required=False)

    def certificate_rows(self) -> list[list[forms.BoundField]]:
        names = ("title", "issuer", "number", "expires_on")
        return [[self[f"{name}_{place}"] for name in names] for place in PLACES]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_staff(self.staff_fields()), {})
        return data

    def staff_fields(self) -> StaffFields:
        data = self.cleaned_data
        rows = (
            CertificateFields(
                title=data[f"title_{place}"],
                issuer=data[f"issuer_{place}"],
                number=data[f"number_{place}"],
                expires_on=data[f"expires_on_{place}"],
            )
            for place in PLACES
        )
        return StaffFields(
            name=data["name"],
            role=data["role"],
            years=data["years"],
            certificates=[row for row in rows if row.title or row.issuer or row.number],
        )


def initial_of_staff(member: StaffMember) -> dict[str, Any]:
    initial: dict[str, Any] = {name: getattr(member, name) for name in ("name", "role", "years")}
    for place, certificate in zip(PLACES, member.own_certificates, strict=False):
        for name in ("title", "issuer", "number", "expires_on"):
            initial[f"{name}_{place}"] = getattr(certificate, name)
    return initial


class ClientCaseForm(Form):
    title = forms.CharField(label=_("Title"), max_length=60)
    client = forms.CharField(
        label=_("Client"),
        max_length=60,
        help_text=_("Its name if it agrees, or what it is: a snack brand of Hangzhou."),
    )
    category = forms.ModelChoiceField(Category.objects.filter(parent=None), label=_("Category"))
    starts_on = DateField(label=_("From"))
    ends_on = DateField(label=_("To"))
    gmv = MoneyField(
        label=_("GMV of this time"),
        help_text=_("Settled net GMV, after refunds. It is compared with the settlements."),
    )
    summary = forms.CharField(
        label=_("What you did"), max_length=1000, widget=forms.Textarea(attrs={"rows": 5})
    )
    evidence_1 = UploadField(CASE_EVIDENCE, label=_("Evidence"), required=False)
    evidence_2 = UploadField(CASE_EVIDENCE, label=_("More evidence"), required=False)
    evidence_3 = UploadField(CASE_EVIDENCE, label=_("More evidence"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_case(self.case_fields()), CASE_NAMES)
        return data

    def case_fields(self) -> ClientCaseFields:
        data = self.cleaned_data
        names = ("title", "client", "starts_on", "ends_on", "summary")
        return ClientCaseFields(
            **{name: data[name] for name in names},
            category_id=data["category"].pk,
            gmv_fen=data["gmv"],
        )

    def evidence(self) -> list[UploadedFile]:
        return [self.cleaned_data[name] for name in EVIDENCE if self.cleaned_data.get(name)]


def initial_of_case(case: ClientCase) -> dict[str, Any]:
    names = ("title", "client", "starts_on", "ends_on", "summary")
    initial: dict[str, Any] = {name: getattr(case, name) for name in names}
    return initial | {"category": case.category_id, "gmv": case.gmv_fen}
