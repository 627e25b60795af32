"""Invoices handed in, decided about, and what a party says of its taxes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from portal.core.files import UploadField
from portal.core.forms import DateField, Form, show_flaws
from portal.invoicing import rules
from portal.invoicing.fields import ProfileFields
from portal.invoicing.states import PURPOSE, PayeeKind, Taxpayer


class _SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class InvoiceFilesField(UploadField):
    """One file or several; what is wrong with each is said once it is read."""

    widget = _SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = data if isinstance(data, list) else [data] if data else []
        if not files:
            raise forms.ValidationError(_("Choose a file first."))
        return files

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"multiple": True}


class HandInForm(Form):
    papers = InvoiceFilesField(
        PURPOSE,
        label=_("Invoices as XML"),
        help_text=_("The XML of the fully digital invoice, several at once, 1 MB each."),
    )


class DecisionForm(Form):
    """Why an invoice is accepted in spite of its differences, or returned."""

    note = forms.CharField(label=_("Why"), max_length=300)


class TaxProfileForm(Form):
    """How the party counts its tax; the kind where its code does not say it."""

    kind = forms.ChoiceField(label=_("The party is a"), choices=PayeeKind.choices)
    taxpayer = forms.ChoiceField(label=_("Taxpayer"), choices=Taxpayer.choices)
    starts_on = DateField(label=_("From"))

    def __init__(self, *args: Any, is_asked: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_asked = is_asked
        if not is_asked:
            del self.fields["kind"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            flaws = rules.flaws_of_profile(self.profile_fields(), is_asked=self.is_asked)
            show_flaws(self, flaws, {})
        return data

    def profile_fields(self) -> ProfileFields:
        data = self.cleaned_data
        return ProfileFields(data["taxpayer"], data["starts_on"], data.get("kind", ""))
