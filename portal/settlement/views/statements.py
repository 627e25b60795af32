"""One statement: for its party, who agrees or disputes lines, and for who approves it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.core import audit
from portal.core.http import PageRequest
from portal.core.web import render_page, submit
from portal.settlement import forms, rules, selectors, services
from portal.settlement.models import Statement


@login_required
@require_safe
def statement_detail(request: PageRequest, number: str) -> HttpResponse:
    statement, actor = fetch(request, number), request.actor
    context = {
        "statement": statement,
        "rows": selectors.rows_of(statement),
        "sums": selectors.sums_of_statement(statement),
        "steps": selectors.steps_of_statement(statement),
        "disputes": statement.disputes.order_by("raised_at"),
        "is_ours": actor.speaks_for(statement.party_id),
        "can_agree": rules.can_agree_statement(actor, statement),
        "can_dispute": rules.can_dispute_lines(actor, statement),
        "can_approve": rules.can_approve_statement(actor, statement),
        "trail": audit.trail(statement),
    }
    return render_page(request, "settlement/statement_detail.html", context)


@login_required
@require_POST
def statement_agreement(request: PageRequest, number: str) -> HttpResponse:
    statement = services.agree_statement(request.actor, statement=fetch(request, number))
    messages.success(request, _("Agreed. A second person of the platform approves it next."))
    return redirect(statement)


@login_required
@require_POST
def statement_approval(request: PageRequest, number: str) -> HttpResponse:
    statement = services.approve_statement(request.actor, statement=fetch(request, number))
    messages.success(request, _("Approved: what it releases is payable from now on."))
    return redirect(statement)


@login_required
@require_http_methods(["GET", "POST"])
def statement_dispute(request: PageRequest, number: str) -> HttpResponse:
    """Name the lines, and why; they are held, the rest pays."""
    statement = fetch(request, number)
    rules.can_dispute_lines(request.actor, statement).require()
    is_sent = request.method == "POST"
    form = forms.DisputeForm(request.POST if is_sent else None)
    made = submit(
        form,
        lambda: services.dispute_lines(request.actor, statement=statement, fields=form.fields_said),
    )
    if made is not None:
        messages.success(request, _("The lines are held until the dispute is decided."))
        return redirect(statement)
    context = {"statement": statement, "form": form}
    return render_page(request, "settlement/statement_dispute.html", context)


def fetch(request: PageRequest, number: str) -> Statement:
    """A party's money is for its owner and its finance people; operators read all."""
    actor = request.actor
    rows = Statement.objects.visible_to(actor).whole()
    statement = get_object_or_404(rows, number=number.replace("\0", ""))
    rules.can_see_statement(actor, statement).require()
    return statement
