"""Disputes about lines of statements: the register, one of them, and its decision."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.core import audit
from portal.core.http import PageRequest
from portal.core.tables import read_table
from portal.core.web import render_page, submit
from portal.settlement import forms, rules, services
from portal.settlement.models import LineDispute
from portal.settlement.tables import DISPUTES


@login_required
@require_safe
def line_dispute_register(request: PageRequest) -> HttpResponse:
    rules.can_see_settlements(request.actor).require()
    context = {"table": read_table(request, DISPUTES)}
    return render_page(request, "settlement/line_dispute_register.html", context, partial="table")


@login_required
@require_safe
def line_dispute_detail(request: PageRequest, pk: UUID) -> HttpResponse:
    return _detail(request, fetch(request, pk), forms.DecisionForm(initial={"is_upheld": "no"}))


def _detail(request: PageRequest, dispute: LineDispute, form: forms.DecisionForm) -> HttpResponse:
    context = {
        "dispute": dispute,
        "lines": dispute.lines.select_related("line").order_by("line__order", "line__line"),
        "adjustments": dispute.adjustments.order_by("prepared_at"),
        "form": form,
        "can_decide": rules.can_decide_dispute(request.actor, dispute),
        "can_withdraw": rules.can_withdraw_dispute(request.actor, dispute),
        "trail": audit.trail(dispute),
    }
    return render_page(request, "settlement/line_dispute_detail.html", context)


@login_required
@require_POST
def line_dispute_decision(request: PageRequest, pk: UUID) -> HttpResponse:
    dispute = fetch(request, pk)
    rules.can_decide_dispute(request.actor, dispute).require()
    form = forms.DecisionForm(request.POST)
    done = submit(
        form,
        lambda: services.decide_dispute(request.actor, dispute=dispute, decision=form.decision),
    )
    if done is None:
        return _detail(request, dispute, form)
    messages.success(request, _("Decided; the party was told."))
    return redirect("line_dispute_detail", pk=pk)


@login_required
@require_POST
def line_dispute_withdrawal(request: PageRequest, pk: UUID) -> HttpResponse:
    services.withdraw_dispute(request.actor, dispute=fetch(request, pk))
    messages.success(request, _("Taken back; the lines are paid as they were."))
    return redirect("line_dispute_detail", pk=pk)


def fetch(request: PageRequest, pk: UUID) -> LineDispute:
    rows = LineDispute.objects.visible_to(request.actor).select_related("statement__party")
    dispute = get_object_or_404(rows, pk=pk)
    rules.can_see_statement(request.actor, dispute.statement).require()
    return dispute
