"""Invoices of a party: what it is to issue, what it is to be sent, and the files it hands in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.core import audit, clock
from portal.core.http import PageRequest
from portal.core.tables import read_table
from portal.core.verdict import Verdict
from portal.core.web import render_page, submit
from portal.invoicing import rules, selectors, services
from portal.invoicing.forms import DecisionForm, HandInForm, TaxProfileForm
from portal.invoicing.models import Invoice, InvoiceDue, TaxProfile
from portal.invoicing.tables import ALL_DUES, DUES
from portal.ledger.fields import month_of
from portal.parties.models import Party


@login_required
@require_http_methods(["GET", "POST"])
def invoice_list(request: PageRequest) -> HttpResponse:
    """What is due on either side; POST: files handed in, each answered by itself."""
    rules.can_list_invoices(request.actor).require()
    can_hand_in = rules.can_hand_in(request.actor)
    form = HandInForm(**_sent(request))
    done = None
    if request.method == "POST":
        can_hand_in.require()
        done = submit(
            form, lambda: services.hand_in_all(request.actor, files=form.cleaned_data["papers"])
        )
    context = {
        "table": read_table(request, DUES),
        "form": form,
        "can_hand_in": can_hand_in,
        "done": [(one, _differences(one.invoice)) for one in done or []],
    }
    return render_page(request, "invoicing/invoice_list.html", context, partial="table")


@login_required
@require_safe
def invoice_register(request: PageRequest) -> HttpResponse:
    """What the platform is to be sent."""
    rules.can_see_invoices(request.actor).require()
    context = {"table": read_table(request, ALL_DUES), "is_platform": True}
    return render_page(request, "invoicing/invoice_list.html", context, partial="table")


@login_required
@require_http_methods(["GET", "POST"])
def invoice_due_detail(request: PageRequest, pk: UUID) -> HttpResponse:
    """One that is due, with every invoice that came for it; POST: one more."""
    due, actor = fetch(request, pk), request.actor
    can_hand_in = rules.can_hand_in_for(actor, due)
    form = HandInForm(**_sent(request))
    if request.method == "POST":
        can_hand_in.require()
        invoice = submit(
            form,
            lambda: services.hand_in(actor, file=form.cleaned_data["papers"][0], due=due),
        )
        if invoice is not None:
            messages.success(request, _("Taken. See below what became of it."))
            return redirect(due)
    context = {
        "due": due,
        "form": form,
        "is_ours": actor.speaks_for(due.issuer_id),
        "wanted": selectors.wanted_in_words(due),
        "can_hand_in": can_hand_in,
        "invoices": [
            (
                one,
                selectors.differences_of(one),
                rules.can_judge(actor, one),
                rules.can_accept_invoice(actor, one),
            )
            for one in selectors.invoices_of(due)
        ],
        "trail": audit.trail(due),
    }
    return render_page(request, "invoicing/invoice_due_detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def invoice_acceptance(request: PageRequest, pk: UUID) -> HttpResponse:
    """In spite of its differences."""
    title = _("Accept the invoice")
    return _decide(request, pk, rules.can_accept_invoice, services.accept_invoice, title)


@login_required
@require_http_methods(["GET", "POST"])
def invoice_return(request: PageRequest, pk: UUID) -> HttpResponse:
    return _decide(request, pk, rules.can_judge, services.return_invoice, _("Return the invoice"))


def _decide(
    request: PageRequest,
    pk: UUID,
    rule: Callable[[Any, Invoice], Verdict],
    service: Callable[..., Invoice],
    title: str,
) -> HttpResponse:
    rows = Invoice.objects.visible_to(request.actor).select_related("due__issuer")
    invoice = get_object_or_404(rows, pk=pk)
    rule(request.actor, invoice).require()
    form = DecisionForm(request.POST if request.method == "POST" else None)
    done = submit(
        form, lambda: service(request.actor, invoice=invoice, note=form.cleaned_data["note"])
    )
    if done is not None:
        messages.success(request, _("Saved. The other side was told."))
        return redirect(invoice.due)
    context = {"form": form, "title": title, "name": invoice.due.title}
    context |= {"back": invoice.due.get_absolute_url()}
    return render_page(request, "core/form_page.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def tax_detail(request: PageRequest) -> HttpResponse:
    """How the party counts its tax; of a natural person, what would be withheld this year."""
    rules.can_list_invoices(request.actor).require()
    party = request.actor.party
    assert party is not None  # noqa: S101 - the rule above has seen to it
    today = clock.today()
    form = TaxProfileForm(
        request.POST if request.method == "POST" else None,
        is_asked=selectors.kind_by_code(party) is None,
        initial={"starts_on": today},
    )
    said = submit(form, lambda: _say(request, party, form))
    if said is not None:
        messages.success(request, _("Saved."))
        return redirect("tax_detail")
    payee = selectors.payee_of(party, today)
    tables = selectors.read_tables()
    month = month_of(clock.now())
    context = {
        "payee": payee,
        "form": form,
        "profiles": TaxProfile.objects.filter(party=party).order_by("-starts_on", "-pk"),
        "tables": selectors.tables_for(payee, today),
        "rate": selectors.percent(tables.vat(payee, today, 10**12)),
        "months": selectors.withheld_months(party, month, tables) if payee.is_person else [],
    }
    return render_page(request, "invoicing/tax_detail.html", context)


def _say(request: PageRequest, party: Party, form: TaxProfileForm) -> TaxProfile:
    return services.say_profile(request.actor, party=party, fields=form.profile_fields())


def _differences(invoice: Invoice | None) -> list[str]:
    return selectors.differences_of(invoice) if invoice is not None else []


def _sent(request: PageRequest) -> dict[str, Any]:
    return {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}


def fetch(request: PageRequest, pk: UUID) -> InvoiceDue:
    """Who handles no money of a side is told so."""
    rows = InvoiceDue.objects.visible_to(request.actor)
    due = get_object_or_404(rows.select_related("issuer", "recipient", "bill"), pk=pk)
    rule = rules.can_list_invoices if request.actor.party else rules.can_see_invoices
    rule(request.actor).require()
    return due
