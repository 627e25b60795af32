"""One statement: for its party, who agrees or disputes lines, and for who approves it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.core import audit
from portal.core.http import PageRequest
from portal.core.web import render_page
from portal.settlement import rules, selectors, services
from portal.settlement.models import Statement
from portal.settlement.views.money import statement_context


@login_required
@require_safe
def statement_detail(request: PageRequest, number: str) -> HttpResponse:
    statement = fetch(request, number)
    context = statement_context(request, statement) | {
        "shares": selectors.shares_of_statement(statement),
        "disputes": statement.disputes.order_by("raised_at"),
        "trail": audit.trail(statement),
    }
    return render_page(request, "settlement/statement_detail.html", context, partial="rows")


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


def fetch(request: PageRequest, number: str) -> Statement:
    """A party's money is for its owner and its finance people; operators read all."""
    actor = request.actor
    rows = Statement.objects.visible_to(actor).whole()
    statement = get_object_or_404(rows, number=number.replace("\0", ""))
    rules.can_see_statement(actor, statement).require()
    return statement
