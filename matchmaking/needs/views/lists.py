"""The list of needs: everybody's open ones, a merchant's own, a bidder's answers by turn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from matchmaking.needs import forms, rules, selectors, states
from matchmaking.needs.models import Need, NeedDraft, Proposal, ProposalDraft
from matchmaking.needs.tables import NEEDS
from portal.core.http import PageRequest
from portal.core.tables import read_table
from portal.core.web import Page, keyset_page, ordered_page, render_page
from portal.parties.states import PartyKind

PAGE = 20
VIEW_NAMES: dict[str, str | Promise] = {
    "ours": _("Our needs"),
    **{turn.value: turn.label for turn in states.Turn},
    "open": _("Open needs"),
}


@require_safe
def need_list(request: PageRequest) -> HttpResponse:
    """Open needs for everyone; a merchant's own and a bidder's answers, by turn, beside them."""
    turns = selectors.turns_of(request.actor) if _is_bidder(request) else {}
    views = _views_of(request, turns)
    view = request.GET.get("view", _first_view(views, turns))
    view = view if view in views else "open"
    filters = _filters_of(request) if view == "open" else None
    asked = filters.asked if filters else {}
    table = read_table(request, NEEDS) if view == "ours" else None
    page = table.page if table else _page_of(request, view, asked)
    context = {
        "table": table,
        "page": page,
        "filters": filters,
        "is_narrowed": bool(asked.keys() - {"sort"}),
        "rows": [] if table else _listed(request, page.rows),
        "view": view,
        "turn": next((turn for turn in states.Turn if turn == view), None),
        "views": [(name, VIEW_NAMES[name], turns.get(name)) for name in views],
        "can_create": rules.can_create_need(request.actor),
        "unfinished": _unfinished(request, view),
    }
    part = "table" if table and request.htmx.target == "table" else "need-list"
    return render_page(request, "needs/need_list.html", context, partial=part)


def _unfinished(request: PageRequest, view: str) -> Sequence[NeedDraft | ProposalDraft]:
    """What was typed and not saved: a merchant's needs, a bidder's answers."""
    if _is_bidder(request):
        return selectors.unfinished_answers(request.actor)
    return selectors.unfinished_needs(request.actor) if view == "ours" else []


def _page_of(request: PageRequest, view: str, asked: dict[str, Any]) -> Page[Need]:
    """A bidder's answers by the day they are due; open needs as asked; the newest first."""
    rows = selectors.narrowed(selectors.needs_for(request.actor, view), asked)
    is_closing = asked.get("sort") == states.NeedSort.CLOSING
    order = selectors.ORDERS.get(view, "closes_on" if is_closing else "-pk")
    field, cursor = order.removeprefix("-"), request.GET.get("cursor", "")
    if field == "pk":
        return keyset_page(rows, cursor, size=PAGE)
    return ordered_page(rows, cursor, field=field, ascending=field == order, size=PAGE)


def _filters_of(request: PageRequest) -> forms.NeedFilterForm:
    """As asked; unasked, a provider, an agency or a creator sees what it can answer."""
    asked = request.GET.copy()
    party = request.actor.party
    if "seeks" not in asked and party is not None and _is_bidder(request):
        asked["seeks"] = party.kind
    form = forms.NeedFilterForm(asked)
    form.is_valid()  # what is not sound narrows nothing and says so at its field
    return form


def _listed(request: PageRequest, needs: list[Need]) -> list[dict[str, Any]]:
    """Each need with the acting bidder's answer to it."""
    party = request.actor.party
    answers = Proposal.objects.filter(need__in=needs) if party else Proposal.objects.none()
    own = {p.need_id: p for p in answers.filter(provider=party)}
    return [
        {
            "need": need,
            "is_own": request.actor.speaks_for(need.merchant_id),
            "proposal": own.get(need.pk),
            "task": _task_of(need),
        }
        for need in needs
    ]


def _task_of(need: Need) -> states.Task | None:
    """What a bidder is waited for, where that was read with the need."""
    code = getattr(need, "task", "")
    return states.Task(code) if code else None


def _is_bidder(request: PageRequest) -> bool:
    party = request.actor.party
    return party is not None and party.kind != PartyKind.MERCHANT


def _views_of(request: PageRequest, turns: Mapping[str, int]) -> list[str]:
    if request.actor.party is None:
        return ["open"]
    return [*turns, "open"] if turns else ["ours", "open"]


def _first_view(views: list[str], turns: Mapping[str, int]) -> str:
    """A bidder begins where something waits or runs, and looks for work otherwise."""
    if not turns:
        return views[0]
    live = (states.Turn.WAITING.value, states.Turn.RUNNING.value)
    return next((turn for turn in live if turns[turn]), "open")
