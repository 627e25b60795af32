"""What finance says about a difference."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.core.forms import Form
from portal.reconciliation.fields import Resolution
from portal.reconciliation.models.differences import MOST_WHY
from portal.reconciliation.rules import MOST_DOCUMENT
from portal.revenue.models import BankRow


class ResolutionForm(Form):
    why = forms.CharField(label=_("Why"), max_length=MOST_WHY)
    document = forms.CharField(
        label=_("Number of what put it right"),
        max_length=MOST_DOCUMENT,
        required=False,
        help_text=_(
            "A posted correction, a statement, a payout batch or a bank row; it is looked up."
        ),
    )

    def resolution(self) -> Resolution:
        return Resolution(self.cleaned_data["why"], self.cleaned_data["document"])


class ReopeningForm(Form):
    why = forms.CharField(label=_("Why"), max_length=MOST_WHY)


class RowField(forms.ModelChoiceField):
    def label_from_instance(self, obj: BankRow) -> str:
        parts = (obj.booked_on.isoformat(), obj.account, obj.reference, obj.counterparty, obj.memo)
        return " · ".join(part for part in parts if part)


class MatchForm(Form):
    """Which row of the bank a payment is."""

    row = RowField(BankRow.objects.none(), label=_("Bank row"))

    def __init__(self, rows: QuerySet[BankRow], data: Any = None) -> None:
        super().__init__(data)
        row = self.fields["row"]
        assert isinstance(row, forms.ModelChoiceField)  # noqa: S101 - declared above
        row.queryset = rows
