"""Payout batches for finance: prepare, approve, send."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.core import audit
from portal.core.http import PageRequest
from portal.core.tables import read_table
from portal.core.web import load_when_over, render_page, submit
from portal.payouts import forms, rules, selectors, services
from portal.payouts.models import Batch
from portal.payouts.states import BatchStatus, Route
from portal.payouts.tables import BATCHES, REQUESTS, TRANSFERS

SHOWN = 50


@login_required
@require_safe
def batch_list(request: PageRequest) -> HttpResponse:
    rules.can_see_batches(request.actor).require()
    context = {
        "table": read_table(request, BATCHES),
        "due": selectors.due_summary(Route.INSTITUTION),
        "debts": selectors.due_summary(Route.DIRECT),
        "requests": selectors.requests_waiting(),
        "can_prepare": rules.can_prepare_batch(request.actor),
        "can_import": rules.can_import_results(request.actor),
        "can_check": rules.can_check_accounts(request.actor),
    }
    return render_page(request, "payouts/batch_list.html", context, partial="table")


@login_required
@require_http_methods(["GET", "POST"])
def batch_create(request: PageRequest) -> HttpResponse:
    """Everybody who can be paid now; who cannot is named with the reason."""
    rules.can_prepare_batch(request.actor).require()
    initial = {"only_requested": "asked" in request.GET}
    form = forms.BatchForm(request.POST if request.method == "POST" else None, initial=initial)
    batch = submit(form, lambda: services.prepare_batch(request.actor, fields=form.batch_fields()))
    if batch is not None:
        messages.success(request, _("Prepared. A second person approves it."))
        return redirect(batch)
    context = {
        "form": form,
        "groups": [selectors.due_page(Route.INSTITUTION), selectors.due_page(Route.DIRECT)],
    }
    return render_page(request, "payouts/batch_create.html", context)


@login_required
@require_safe
def batch_detail(request: PageRequest, pk: UUID) -> HttpResponse:
    return _shown(request, _fetch(request, pk), forms.ReasonForm())


@login_required
@require_POST
def batch_approval(request: PageRequest, pk: UUID) -> HttpResponse:
    batch = services.approve_batch(request.actor, batch=_fetch(request, pk))
    messages.success(request, _("Approved. The transfers are being booked."))
    return redirect(batch)


@login_required
@require_POST
def batch_cancellation(request: PageRequest, pk: UUID) -> HttpResponse:
    batch = _fetch(request, pk)
    rules.can_cancel_batch(request.actor, batch).require()
    form = forms.ReasonForm(request.POST)
    done = submit(
        form,
        lambda: services.cancel_batch(
            request.actor, batch=batch, reason=form.cleaned_data["reason"]
        ),
    )
    if done is None:
        return _shown(request, batch, form)
    messages.success(request, _("Cancelled. Nothing of it was booked."))
    return redirect(done)


@login_required
@require_POST
def batch_file(request: PageRequest, pk: UUID) -> HttpResponse:
    """The bank's file. Asked by POST, because each taking is written down."""
    taken = services.take_file(request.actor, batch=_fetch(request, pk))
    response = HttpResponse(taken.content, content_type="text/csv")
    response["Content-Disposition"] = f'attachment; filename="{taken.name}"'
    response["Cache-Control"] = "no-store"
    return response


@login_required
@require_safe
def request_register(request: PageRequest) -> HttpResponse:
    """Who asked to be paid, and what became of it."""
    rules.can_see_batches(request.actor).require()
    context = {
        "table": read_table(request, REQUESTS),
        "can_prepare": rules.can_prepare_batch(request.actor),
    }
    return render_page(request, "payouts/request_register.html", context, partial="table")


@login_required
@require_safe
def transfer_list(request: PageRequest) -> HttpResponse:
    rules.can_see_batches(request.actor).require()
    context = {"table": read_table(request, TRANSFERS)}
    return render_page(request, "payouts/transfer_list.html", context, partial="table")


def _fetch(request: PageRequest, pk: UUID) -> Batch:
    rules.can_see_batches(request.actor).require()
    rows = Batch.objects.select_related("template", "prepared_by", "approved_by", "job")
    return get_object_or_404(rows, pk=pk)


def _shown(request: PageRequest, batch: Batch, form: forms.ReasonForm) -> HttpResponse:
    actor = request.actor
    context = {
        "batch": batch,
        "sums": selectors.sums_of(batch),
        "total": selectors.total_of(batch),
        "items": list(selectors.items_of(batch).order_by("-amount_fen", "pk")[:SHOWN]),
        "steps": selectors.way_of_batch(batch),
        "file": getattr(batch, "file", None),
        "takings": selectors.takings_of(batch),
        "is_running": batch.status == BatchStatus.APPROVING,
        "can_approve": rules.can_approve_batch(actor, batch),
        "can_cancel": rules.can_cancel_batch(actor, batch),
        "can_take": rules.can_take_file(actor, batch),
        "can_import": rules.can_import_results(actor),
        "form": form,
        "trail": audit.trail(batch).select_related("user"),
    }
    page = render_page(request, "payouts/batch_detail.html", context, partial="progress")
    return load_when_over(request, page, partial="progress", is_over=not context["is_running"])
