"""Vouchers of a month, and how old what is owed is."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.core import clock
from portal.core.http import PageRequest
from portal.core.tables import read_table
from portal.core.web import render_page
from portal.invoicing import rules, selectors
from portal.invoicing.exports import IDENTITIES, VOUCHERS
from portal.invoicing.models import AgedBalance, VoucherTemplate
from portal.invoicing.tables import AGED_BALANCES, AGED_BILLS, ALL_AGED_BILLS
from portal.ledger.fields import month_of
from portal.ledger.forms import MonthForm


@login_required
@require_safe
def voucher_list(request: PageRequest) -> HttpResponse:
    """What a month's vouchers add up to, and the file for an accounting program."""
    rules.can_see_vouchers(request.actor).require()
    form = MonthForm(request.GET if "month" in request.GET else None)
    month = form.cleaned_data["month"] if form.is_valid() else month_of(clock.now())
    templates = list(VoucherTemplate.objects.prefetch_related("accounts"))
    asked = request.GET.get("template", "")
    template = next((one for one in templates if one.pk == asked), next(iter(templates), None))
    sums = selectors.sums_of(month)
    context = {
        "form": form if form.is_bound else MonthForm(initial={"month": month}),
        "month": month,
        "templates": templates,
        "template": template,
        "groups": selectors.grouped(sums, template),
        "debit": sum(row.debit for row in sums),
        "credit": sum(row.credit for row in sums),
        "missing": selectors.missing_of(sums, template),
        "can_export": rules.can_export_vouchers(request.actor),
        "can_map": request.actor.has_perm("invoicing.change_voucheraccount"),
        "export": VOUCHERS.name,
    }
    return render_page(request, "invoicing/voucher_list.html", context, partial="vouchers")


@login_required
@require_safe
def ageing_list(request: PageRequest) -> HttpResponse:
    """What the party is owed and owes, by age."""
    rules.can_list_invoices(request.actor).require()
    context = _ages(request) | {
        "table": read_table(request, AGED_BILLS),
        "empty": _("No bill is open."),
        "is_ours": True,
    }
    return render_page(request, "invoicing/ageing_list.html", context, partial="table")


@login_required
@require_safe
def ageing_register(request: PageRequest) -> HttpResponse:
    """Everybody's open bills, by age."""
    rules.can_see_all_ageing(request.actor).require()
    context = _ages(request) | {
        "table": read_table(request, ALL_AGED_BILLS),
        "empty": _("No bill is open."),
    }
    return render_page(request, "invoicing/ageing_list.html", context, partial="table")


@login_required
@require_safe
def balance_register(request: PageRequest) -> HttpResponse:
    """Everybody's open balance, those below zero first."""
    rules.can_see_all_ageing(request.actor).require()
    context = _ages(request) | {
        "table": read_table(request, AGED_BALANCES),
        "empty": _("Every balance is zero, or none was counted yet: that happens each night."),
        "is_balances": True,
    }
    return render_page(request, "invoicing/ageing_list.html", context, partial="table")


def _ages(request: PageRequest) -> dict[str, Any]:
    rows = [*selectors.bill_ages(request.actor), *selectors.balance_ages(request.actor)]
    counted = AgedBalance.objects.visible_to(request.actor).order_by("-counted_at").first()
    return {"rows": rows, "labels": selectors.LABELS, "counted": counted}


@login_required
@require_safe
def identity_report(request: PageRequest) -> HttpResponse:
    """Who earned what in a quarter: what the report to the tax authority adds up to."""
    rules.can_export_identities(request.actor).require()
    quarters = selectors.last_quarters()
    asked = selectors.read_quarter(request.GET.get("quarter", "")) or quarters[1]
    context = {
        "quarter": asked,
        "quarters": quarters if asked in quarters else [asked, *quarters],
        "rows": selectors.identity_sums(asked),
        "export": IDENTITIES.name,
    }
    return render_page(request, "invoicing/identity_report.html", context, partial="report")
