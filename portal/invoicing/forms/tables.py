"""A table of tax to propose: fields for each of its forms, so that nobody writes JSON."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.forms import DateField, Form, MoneyField, PercentField, show_flaws
from portal.core.money import parse_money
from portal.invoicing import rules
from portal.invoicing.engine import Method
from portal.invoicing.fields import TableFields
from portal.invoicing.states import TaxKind

BAND = re.compile(r"\s*(?:(\S+)\s+)?(\d{1,2}(?:\.\d{1,2})?)\s*%?\s*")
ONE_BAND = _("A band a line: up to (¥) and the rate in percent; the last line the rate alone.")
METHODS = [
    (Method.CUMULATIVE.value, _("Cumulative, over the year")),
    (Method.SINGLE.value, _("By payment")),
]
VAT = (TaxKind.VAT_GENERAL, TaxKind.VAT_SMALL, TaxKind.VAT_PERSON)


class TaxTableForm(Form):
    """Only the fields of its kind count."""

    kind = forms.ChoiceField(label=_("Table"), choices=TaxKind.choices)
    starts_on = DateField(label=_("From"))
    source = forms.CharField(label=_("Where it is from"), max_length=200)
    rate = PercentField(label=_("Rate in percent"), required=False, help_text=_("Of VAT."))
    free = MoneyField(
        label=_("Free up to a month's sum of (¥)"),
        required=False,
        help_text=_("Of VAT. Empty: taxed from the first fen."),
    )
    days = forms.IntegerField(
        label=_("Days"), min_value=0, max_value=366, required=False, help_text=_("To invoice in.")
    )
    method = forms.ChoiceField(
        label=_("Method"), choices=METHODS, required=False, help_text=_("Of withholding, as below.")
    )
    cost = PercentField(label=_("Share that counts as costs (%)"), required=False)
    monthly = MoneyField(label=_("Taken off for each month (¥)"), required=False)
    flat_upto = MoneyField(label=_("By payment: flat sum up to an income of (¥)"), required=False)
    flat = MoneyField(label=_("By payment: flat sum (¥)"), required=False)
    bands = forms.CharField(
        label=_("Bands"),
        widget=forms.Textarea(attrs={"rows": 8}),
        required=False,
        help_text=ONE_BAND,
    )

    def clean_bands(self) -> list[dict[str, Any]]:
        lines = [line for line in self.cleaned_data["bands"].splitlines() if line.strip()]
        return [_band(line) for line in lines]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            names = {"body": ""}
            show_flaws(self, rules.flaws_of_table(self.table_fields()), names)
        return data

    def table_fields(self) -> TableFields:
        data = self.cleaned_data
        return TableFields(data["kind"], data["starts_on"], self._body(), data["source"])

    def _body(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data["kind"] == TaxKind.INVOICE_DAYS:
            return {"days": data["days"]}
        if data["kind"] in VAT:
            return {"rate_bp": data["rate"], "free_upto_fen": data["free"]}
        body = {"method": data["method"], "cost_bp": data["cost"], "bands": data["bands"]}
        if data["method"] == Method.CUMULATIVE:
            return body | {"monthly_fen": data["monthly"]}
        return body | {"flat_upto_fen": data["flat_upto"], "flat_fen": data["flat"]}


def _band(line: str) -> dict[str, Any]:
    said = BAND.fullmatch(line)
    if said is None:
        raise forms.ValidationError(ONE_BAND)
    try:
        upto = parse_money(said[1]).fen if said[1] else None
    except ValueError as error:
        raise forms.ValidationError(str(error)) from error
    rate: int = PercentField().clean(said[2])
    return {"upto_fen": upto, "rate_bp": rate}
