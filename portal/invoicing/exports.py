"""Vouchers and the quarter's identities as background files, for the platform's finance people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.actor import Actor
from portal.core.exports import ExportKind, Params, register_export
from portal.core.verdict import Flaw, Refused, flawless
from portal.invoicing import rules, selectors, services
from portal.invoicing.models import VoucherTemplate
from portal.invoicing.selectors import Quarter
from portal.invoicing.selectors.vouchers import yuan
from portal.ledger.forms import MonthForm

LINES_A_DAY = 5_000_000


def asked_month(params: Params) -> date:
    form = MonthForm({"month": params.get("month", "")})
    if not form.is_valid():
        raise Refused(flawless([Flaw("month", _("Name the month, such as 2026-03."))]))
    month: date = form.cleaned_data["month"]
    return month


def asked_template(params: Params) -> VoucherTemplate:
    rows = VoucherTemplate.objects.prefetch_related("accounts")
    template = rows.filter(pk=str(params.get("template", ""))).first()
    if template is None:
        raise Refused(flawless([Flaw("template", _("Choose one from the list."))]))
    return template


def _clean(params: Params) -> Params:
    month, template = asked_month(params), asked_template(params)
    return {"month": f"{month:%Y-%m}", "template": template.pk}


def _columns(params: Params) -> list[str]:
    return [heading for heading, _field in asked_template(params).columns]


def _vouchers(actor: Actor, params: Params) -> Iterator[list[Any]]:
    found = selectors.vouchers_of(asked_month(params), asked_template(params))
    maker = actor.user.name if actor.user is not None else ""
    return selectors.voucher_rows(found, maker=maker)


VOUCHERS = register_export(
    ExportKind(
        name="invoicing.vouchers",
        title=gettext_lazy("Vouchers"),
        columns=_columns,
        rows=_vouchers,
        may=rules.can_export_vouchers,
        daily_rows=LINES_A_DAY,
        clean=_clean,
    )
)


PEOPLE_A_DAY = 300_000
IDENTITY_COLUMNS = (
    gettext_lazy("Quarter"),
    gettext_lazy("Kind of payee"),
    gettext_lazy("Registered or real name"),
    gettext_lazy("Kind of number"),
    gettext_lazy("Number"),
    gettext_lazy("Number on the platform"),
    gettext_lazy("Name on the platform"),
    gettext_lazy("Kind of income"),
    gettext_lazy("Income (¥)"),
    gettext_lazy("Refunded (¥)"),
    gettext_lazy("Net (¥)"),
    gettext_lazy("Entries"),
    gettext_lazy("Withheld, an estimate (¥)"),
)


def asked_quarter(params: Params) -> Quarter:
    quarter = selectors.read_quarter(str(params.get("quarter", "")))
    if quarter is None:
        raise Refused(flawless([Flaw("quarter", _("Name the quarter, such as 2026Q3."))]))
    return quarter


def _identities(actor: Actor, params: Params) -> Iterator[list[Any]]:
    """For the tax authority, so in full; who takes it out is on the record with every number."""
    quarter, tables = asked_quarter(params), selectors.read_tables()
    for chunk in selectors.earned_in(quarter):
        numbers = services.read_numbers(actor, chunk=chunk)
        withheld = selectors.withheld_in(quarter, chunk, tables)
        for one, number, tax in zip(chunk, numbers, withheld, strict=True):
            yield [
                str(quarter),
                one.payee.kind.label if one.payee.kind else "",
                selectors.name_in_full(one.party),
                _("ID card") if one.payee.is_person else _("Unified social credit code"),
                number,
                f"P{one.party.pk:06d}",
                one.party.name,
                _("Sale of goods") if one.is_goods else _("Services"),
                yuan(one.income),
                yuan(one.refunds),
                yuan(one.net),
                one.count,
                "" if tax is None else yuan(tax),
            ]


IDENTITIES = register_export(
    ExportKind(
        name="invoicing.identities",
        title=gettext_lazy("Identities and incomes of a quarter"),
        columns=IDENTITY_COLUMNS,
        rows=_identities,
        may=rules.can_export_identities,
        daily_rows=PEOPLE_A_DAY,
        clean=lambda params: {"quarter": str(asked_quarter(params))},
    )
)
