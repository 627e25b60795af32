"""Balances below zero: all of them for finance, the course of one for its party, too."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from portal.core.http import PageRequest
from portal.core.tables import read_table
from portal.core.web import render_page
from portal.settlement import rules, selectors
from portal.settlement.tables import BELOW_ZERO
from portal.settlement.views.statements import fetch


@login_required
@require_safe
def below_zero_register(request: PageRequest) -> HttpResponse:
    """Whose balance is or was below zero, since when, and what set it off."""
    rules.can_see_settlements(request.actor).require()
    context = {"table": read_table(request, BELOW_ZERO), "kpis": selectors.below_zero_figures()}
    return render_page(request, "settlement/below_zero_register.html", context, partial="table")


@login_required
@require_safe
def statement_balance(request: PageRequest, number: str) -> HttpResponse:
    """How a balance came below zero, and what each month took off it."""
    statement = fetch(request, number)
    steps = selectors.steps_below_zero(request.actor, statement)
    if not steps:
        raise Http404
    context = {
        "statement": statement,
        "steps": steps,
        "last": steps[-1],
        "is_ours": request.actor.speaks_for(statement.party_id),
    }
    return render_page(request, "settlement/statement_balance.html", context)
