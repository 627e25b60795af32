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
from portal.invoicing import rules, selectors
from portal.invoicing.models import VoucherTemplate
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
