"""A party's page of money: what is available, pending and estimated, the statement that waits, and
where the money of an order went."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from portal.core.actor import Actor
from portal.core.http import PageRequest
from portal.core.tables import read_table
from portal.core.web import render_page, whole_number
from portal.ledger.rules import can_see_money
from portal.settlement import rules, selectors
from portal.settlement.boxes import boxes_of, todos_of
from portal.settlement.models import Statement
from portal.settlement.tables import OWN_STATEMENTS

SHOWN_COOPERATIONS = 12
SHOWN_LINES = 4
MOST_COOPERATIONS = 500  # the file has them all


@login_required
@require_safe
def money_home(request: PageRequest) -> HttpResponse:
    actor = request.actor
    if actor.party is None:
        raise Http404
    can_see_money(actor).require()
    statement = selectors.current_statement(actor)
    context: dict[str, Any] = {
        "amounts": selectors.amounts_of(actor.party.pk, statement),
        "accounts": selectors.accounts_of(actor.party.pk),
        "boxes": boxes_of(actor),
        "todos": list(todos_of(actor)),
        "statement": statement,
        "first_in": selectors.first_statement_in(),
    }
    if statement is not None:
        context |= statement_context(request, statement)
    return render_page(request, "settlement/money_home.html", context, partial="rows")


@login_required
@require_safe
def statement_list(request: PageRequest) -> HttpResponse:
    """The party's own, the newest first."""
    rules.can_list_statements(request.actor).require()
    context = {"table": read_table(request, OWN_STATEMENTS)}
    return render_page(request, "settlement/statement_list.html", context, partial="table")


def statement_context(request: PageRequest, statement: Statement) -> dict[str, Any]:
    """A statement by cooperation; one of them open to its lines, one line to its formula."""
    actor = request.actor
    found = selectors.cooperations_of(statement)
    is_all = "all" in request.GET
    shown = found[: MOST_COOPERATIONS if is_all else SHOWN_COOPERATIONS]
    opened = _opened(request, found, is_first=actor.speaks_for(statement.party_id))
    page = _lines(statement, opened)
    return {
        "statement": statement,
        "steps": selectors.steps_of_statement(statement),
        "sums": selectors.sums_of_statement(statement),
        "cooperations": shown,
        "more_cooperations": len(found) - len(shown),
        "cooperation_sums": selectors.sums_of_cooperations(found),
        "due": selectors.due_of(statement),
        "opened": opened,
        "open_lines": page,
        "open_entries": _entries(statement, opened),
        "flow": _flow(request, actor, page),
        "is_ours": actor.speaks_for(statement.party_id),
        "is_all": is_all,
        "can_agree": rules.can_agree_statement(actor, statement),
        "can_dispute": rules.can_dispute_lines(actor, statement),
        "can_approve": rules.can_approve_statement(actor, statement),
    }


def _opened(
    request: PageRequest, found: list[selectors.Cooperation], *, is_first: bool
) -> selectors.Cooperation | None:
    """The one asked for; unasked the first of orders. `open=0` closes it."""
    asked = request.GET.get("open", "")
    if not asked:
        return found[0] if is_first and found and found[0].is_of_orders else None
    key = whole_number(asked)
    return next((one for one in found if one.key == key), None)


def _lines(statement: Statement, opened: selectors.Cooperation | None) -> selectors.LinePage | None:
    if opened is None or not opened.is_of_orders:
        return None
    return selectors.lines_page(statement, terms=opened.terms, size=SHOWN_LINES)


def _entries(statement: Statement, opened: selectors.Cooperation | None) -> list[Any]:
    if opened is None or opened.is_of_orders:
        return []
    row = statement.rows.get(pk=opened.key)
    return selectors.told_entries(statement, row)


def _flow(
    request: PageRequest, actor: Actor, page: selectors.LinePage | None
) -> selectors.LineFlow | None:
    asked = whole_number(request.GET.get("line", ""))
    if not asked and page is not None and page.lines:
        asked = page.lines[0].line.pk
    return selectors.flow_of_line(actor, asked) if asked else None
