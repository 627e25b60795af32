"""Bills: the list, one of them with its steps, and what each side does with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.core import audit
from portal.core.forms import Form
from portal.core.http import PageRequest
from portal.core.tables import read_table
from portal.core.web import render_page, submit
from portal.revenue import rules, selectors, services
from portal.revenue.bill_states import BillKind
from portal.revenue.forms import InvoiceForm, NoteForm, ProofForm
from portal.revenue.models import Bill
from portal.revenue.tables import BILLS
from portal.revenue.views.agreements import fetch as fetch_agreement


@login_required
@require_safe
def bill_list(request: PageRequest) -> HttpResponse:
    rules.can_list_bills(request.actor).require()
    context = {"table": read_table(request, BILLS)}
    return render_page(request, "revenue/bill_list.html", context, partial="table")


@login_required
@require_safe
def bill_detail(request: PageRequest, pk: UUID) -> HttpResponse:
    bill, actor = fetch(request, pk), request.actor
    is_ours_to_pay = actor.speaks_for(bill.payer_id)
    context = {
        "bill": bill,
        "other": bill.other_side(actor.party_id),
        "is_ours_to_pay": is_ours_to_pay,
        "is_onward": bill.kind == BillKind.ONWARD,
        "steps": selectors.steps_of(bill),
        "refund": getattr(bill, "refund", None),
        "can_request": rules.can_request_invoice(actor, bill),
        "can_issue": rules.can_issue_invoice(actor, bill),
        "can_prove": rules.can_prove_payment(actor, bill),
        "can_waive": rules.can_waive_bill(actor, bill),
        "can_judge": rules.can_judge_receipt(actor, bill),
        "trail": audit.trail(bill),
    }
    return render_page(request, "revenue/bill_detail.html", context)


@login_required
@require_POST
def bill_invoice_request(request: PageRequest, pk: UUID) -> HttpResponse:
    bill = services.request_invoice(request.actor, bill=fetch(request, pk))
    return _back(request, bill, _("Asked for. The other side was told."))


@login_required
@require_POST
def bill_receipt(request: PageRequest, pk: UUID) -> HttpResponse:
    """What is paid onward came."""
    bill = services.confirm_receipt(request.actor, bill=fetch(request, pk))
    return _back(request, bill, _("Confirmed."))


@login_required
@require_http_methods(["GET", "POST"])
def bill_invoice(request: PageRequest, pk: UUID) -> HttpResponse:
    bill = fetch(request, pk)
    rules.can_issue_invoice(request.actor, bill).require()
    form = InvoiceForm(**_sent(request))

    def write() -> Bill:
        said = form.cleaned_data
        return services.issue_invoice(
            request.actor, bill=bill, number=said["number"], file=said["file"] or None
        )

    return _form(request, bill, form, write, _("Issue the invoice"))


@login_required
@require_http_methods(["GET", "POST"])
def bill_proof(request: PageRequest, pk: UUID) -> HttpResponse:
    bill = fetch(request, pk)
    rules.can_prove_payment(request.actor, bill).require()
    form = ProofForm(**_sent(request))

    def write() -> Bill:
        return services.prove_payment(request.actor, bill=bill, **form.cleaned_data)

    return _form(request, bill, form, write, _("Show the payment"))


@login_required
@require_http_methods(["GET", "POST"])
def bill_waiver(request: PageRequest, pk: UUID) -> HttpResponse:
    bill = fetch(request, pk)
    rules.can_waive_bill(request.actor, bill).require()
    form = NoteForm(request.POST if request.method == "POST" else None)

    def write() -> Bill:
        return services.waive_bill(request.actor, bill=bill, note=form.cleaned_data["note"])

    return _form(request, bill, form, write, _("Waive the bill"))


@login_required
@require_http_methods(["GET", "POST"])
def bill_return(request: PageRequest, pk: UUID) -> HttpResponse:
    """What was said to be paid onward did not come."""
    bill = fetch(request, pk)
    rules.can_judge_receipt(request.actor, bill).require()
    form = NoteForm(request.POST if request.method == "POST" else None)

    def write() -> Bill:
        return services.return_proof(request.actor, bill=bill, note=form.cleaned_data["note"])

    return _form(request, bill, form, write, _("It did not come"))


@login_required
@require_http_methods(["GET", "POST"])
def agreement_call(request: PageRequest, pk: UUID, code: str) -> HttpResponse:
    """The payee calls for a part that the paper leaves to them."""
    agreement = fetch_agreement(request, pk)
    form = NoteForm(request.POST if request.method == "POST" else None)

    def write() -> Bill:
        note = form.cleaned_data["note"]
        return services.call_bill(request.actor, agreement=agreement, code=code, note=note)

    bill = submit(form, write)
    if bill is not None:
        return _back(request, bill, _("Billed. The other side was told."))
    context = {"form": form, "title": _("Call for “%(part)s”") % {"part": code}}
    context |= {"back": agreement.get_absolute_url(), "name": agreement.subject}
    return render_page(request, "core/form_page.html", context)


def _form(
    request: PageRequest, bill: Bill, form: Form, write: Callable[[], Bill], title: str
) -> HttpResponse:
    done = submit(form, write)
    if done is not None:
        return _back(request, done, _("Saved. The other side was told."))
    context = {"form": form, "title": title, "back": bill.get_absolute_url(), "name": bill.title}
    return render_page(request, "core/form_page.html", context)


def _sent(request: PageRequest) -> dict[str, Any]:
    return {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}


def _back(request: PageRequest, bill: Bill, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect(bill)


def fetch(request: PageRequest, pk: UUID) -> Bill:
    return get_object_or_404(selectors.bills_of(request.actor), pk=pk)
