"""What both sides say of a bill, and the editor's rows of sums that are billed by date."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from portal.core.files import UploadField
from portal.core.forms import DateField, Form, MoneyField, PercentField
from portal.revenue import rules
from portal.revenue.bill_states import WRITTEN, BillKind, BillWhen
from portal.revenue.files import PROOF, SEAL
from portal.revenue.models import BankRow, Bill

BILL_ROWS = 3
BANDS = 3


class ProofForm(Form):
    """The receipt of a payment."""

    paid_on = DateField(label=_("Paid on"))
    file = UploadField(PROOF, label=_("Receipt of the bank"))
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def clean_paid_on(self) -> Any:
        paid_on = self.cleaned_data["paid_on"]
        for flaw in rules.flaws_of_payment(paid_on):
            raise forms.ValidationError(str(flaw.sentence))
        return paid_on


class SealForm(Form):
    """The stamped paper, and the code on its last page."""

    file = UploadField(SEAL, label=_("Scan of the stamped paper, with its last page"))
    code = forms.CharField(
        label=_("Code beside the QR on the last page"),
        max_length=16,
        help_text=_("Eight letters and digits. The QR itself is read on the scan, too."),
    )


class InvoiceForm(Form):
    number = forms.CharField(label=_("Invoice number"), max_length=40)
    file = UploadField(PROOF, label=_("The invoice as a PDF or picture"), required=False)


class NoteForm(Form):
    note = forms.CharField(label=_("Why"), max_length=300)


class BankRowField(forms.ModelChoiceField):
    def label_from_instance(self, obj: BankRow) -> str:
        parts = (obj.booked_on.isoformat(), obj.account, obj.reference, obj.counterparty, obj.memo)
        return " · ".join(part for part in parts if part)


class MatchForm(Form):
    """Which bank row the payment is."""

    row = BankRowField(BankRow.objects.none(), label=_("Bank row"))

    def __init__(self, bill: Bill, data: QueryDict | None) -> None:
        super().__init__(data)
        row = self.fields["row"]
        assert isinstance(row, forms.ModelChoiceField)  # noqa: S101 - declared above
        row.queryset = BankRow.objects.filter(amount_fen=bill.amount_fen, bill=None)

    @property
    def has_rows(self) -> bool:
        row = self.fields["row"]
        assert isinstance(row, forms.ModelChoiceField)  # noqa: S101 - declared above
        return bool(row.queryset is not None and row.queryset.exists())


class BillPartForm(Form):
    """One sum that is billed by date. Nothing filled in: none."""

    code = forms.CharField(label=_("Name of the part"), max_length=30, required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[(one.value, one.label) for one in WRITTEN], required=False
    )
    amount = MoneyField(label=_("Amount (¥)"), required=False)
    when = forms.ChoiceField(label=_("Due"), choices=BillWhen.choices, required=False)
    days = forms.IntegerField(
        label=_("Days, or day of the month"), min_value=0, max_value=366, required=False
    )
    on = DateField(label=_("Day, if it is one"), required=False)
    target = MoneyField(label=_("Refunded by a target of (¥)"), required=False)
    window = forms.IntegerField(
        label=_("Measured in days from the due day"), min_value=1, max_value=366, required=False
    )

    def __init__(self, number: int, data: QueryDict | None, initial: Mapping[str, Any]) -> None:
        super().__init__(data, prefix=f"bill{number}", initial=dict(initial))
        self.number = number
        for band in range(1, BANDS + 1):
            self.fields[f"from_{band}"] = PercentField(label=_("Reached from (%)"), required=False)
            self.fields[f"back_{band}"] = PercentField(label=_("comes back (%)"), required=False)

    @property
    def bands(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"from_{n}"], self[f"back_{n}"]) for n in range(1, BANDS + 1)]

    @property
    def is_open(self) -> bool:
        return bool(
            self["code"].value() or self["amount"].value() or (self.is_bound and self.errors)
        )

    @property
    def is_empty(self) -> bool:
        return not self.cleaned_data.get("code") and self.cleaned_data.get("amount") is None

    def component(self) -> dict[str, Any]:
        data = self.cleaned_data
        when = data["when"] or BillWhen.START
        due: dict[str, Any] = {"when": str(when)}
        if when == BillWhen.DAY:
            due["on"] = data["on"].isoformat() if data["on"] else None
        else:
            due["days"] = data["days"] or 0
        found: dict[str, Any] = {
            "code": data["code"].strip(),
            "kind": data["kind"] or BillKind.OTHER,
            "party": "payee",
            "amount_fen": data["amount"] or 0,
            "due": due,
        }
        return found | ({"refund": self._refund()} if data["target"] is not None else {})

    def _refund(self) -> dict[str, Any]:
        data = self.cleaned_data
        bands = [
            {"from_bp": data[f"from_{n}"], "refund_bp": data[f"back_{n}"] or 0}
            for n in range(1, BANDS + 1)
            if data.get(f"from_{n}") is not None
        ]
        return {
            "of": "net_gmv",
            "target_fen": data["target"],
            "days": data["window"] or 30,
            "bands": bands
            or [{"from_bp": 0, "refund_bp": 10_000}, {"from_bp": 10_000, "refund_bp": 0}],
        }


def initial_of_bill(one: Mapping[str, Any]) -> dict[str, Any]:
    """From a paper's document to what the row shows."""
    due, refund = one["due"], one.get("refund") or {}
    found = {
        "code": one["code"],
        "kind": one["kind"],
        "amount": one["amount_fen"],
        "when": due["when"],
        "days": due.get("days"),
        "on": due.get("on"),
        "target": refund.get("target_fen"),
        "window": refund.get("days"),
    }
    for number, band in enumerate(refund.get("bands", ()), start=1):
        found |= {f"from_{number}": band["from_bp"], f"back_{number}": band["refund_bp"]}
    return found


def are_shown(bills: Any) -> bool:
    """Whether the rows can show them without losing anything."""
    return len(bills) <= BILL_ROWS and all(
        one["party"] == "payee"
        and one.get("payer") in (None, "payer")
        and len((one.get("refund") or {}).get("bands", ())) <= BANDS
        for one in bills
    )
