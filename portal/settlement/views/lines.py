"""The order lines of a statement: page by page, ticked, and disputed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.core.http import PageRequest
from portal.core.verdict import Refused
from portal.core.web import render_page, whole_number
from portal.settlement import forms, rules, selectors, services
from portal.settlement.models import LineDispute, Statement
from portal.settlement.rules.disputes import MOST_LINES
from portal.settlement.views.statements import fetch

AT_ONCE = 25


@login_required
@require_safe
def statement_lines(request: PageRequest, number: str) -> HttpResponse:
    """Of one cooperation (`open`) or one order (`q`). What was ticked on other pages goes along."""
    statement, asked = fetch(request, number), request.GET
    opened = _opened(statement, whole_number(asked.get("open", "")))
    page = selectors.lines_page(
        statement,
        terms=opened.terms if opened else None,
        order=asked.get("q", "").strip(),
        cursor=asked.get("cursor", ""),
        size=AT_ONCE,
    )
    picked = _picked(asked.getlist("lines"))
    shown = {one.line.pk for one in page.lines}
    context: dict[str, Any] = {
        "statement": statement,
        "opened": opened,
        "page": page,
        "picked": picked,
        "picked_elsewhere": [key for key in picked if key not in shown],
        "can_dispute": rules.can_dispute_lines(request.actor, statement),
    }
    return render_page(request, "settlement/statement_lines.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def statement_dispute(request: PageRequest, number: str) -> HttpResponse:
    """Say what is wrong with the ticked lines; they are held, the rest pays."""
    statement = fetch(request, number)
    rules.can_dispute_lines(request.actor, statement).require()
    is_sent = request.method == "POST"
    form = forms.DisputeForm(request.POST if is_sent else None)
    if is_sent and form.is_valid() and _dispute(request, statement, form) is not None:
        messages.success(request, _("The lines are held until the dispute is decided."))
        return redirect(statement)
    said = request.POST if is_sent else request.GET
    lines = selectors.lines_named(statement, _picked(said.getlist("lines")))
    context = {
        "statement": statement,
        "form": form,
        "lines": lines,
        "sum": sum(one.amount for one in lines),
        "picked": [one.line.pk for one in lines],
    }
    return render_page(request, "settlement/statement_dispute.html", context)


def _dispute(
    request: PageRequest, statement: Statement, form: forms.DisputeForm
) -> LineDispute | None:
    """A refusal stands beside the field it is about."""
    try:
        return services.dispute_lines(request.actor, statement=statement, fields=form.fields_said)
    except Refused as refused:
        for flaw in refused.verdict.flaws:
            form.add_error(flaw.field, str(flaw.sentence))
        if not refused.verdict.flaws:
            form.add_error(None, str(refused.verdict.reason))
        return None


def _picked(values: Iterable[str]) -> list[int]:
    found = {whole_number(one) if one.isascii() else 0 for one in values} - {0}
    return sorted(found)[:MOST_LINES]


def _opened(statement: Statement, key: int) -> selectors.Cooperation | None:
    if not key:
        return None
    found = selectors.cooperations_of(statement)
    return next((one for one in found if one.key == key and one.is_of_orders), None)
