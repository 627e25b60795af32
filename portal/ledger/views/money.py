"""A party's own money: what is available, pending and estimated, and every line of it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from portal.core.http import PageRequest
from portal.core.tables import read_table
from portal.core.web import render_page
from portal.ledger import rules, selectors
from portal.ledger.forms import DayForm
from portal.ledger.models import Account
from portal.ledger.tables import ENTRIES
from portal.parties.models import Party


@login_required
@require_safe
def money_entries(request: PageRequest) -> HttpResponse:
    party = _own_party(request)
    context = {
        "money": selectors.money_of(party.pk),
        "table": read_table(request, ENTRIES),
    }
    return render_page(request, "ledger/money_entries.html", context, partial="table")


@login_required
@require_safe
def money_statement(request: PageRequest, pk: int) -> HttpResponse:
    """One account, newest first, each line with the balance after it."""
    account = get_object_or_404(Account.objects.visible_to(request.actor), pk=pk)
    rules.can_see_money(request.actor).require()
    form = DayForm(request.GET if "day" in request.GET else None)
    day = form.asked()
    context = {
        "account": account,
        "balance": selectors.balance(account.pk),
        "page": selectors.statement(account.pk, request.GET.get("cursor", "")),
        "form": form,
        "day": day,
    }
    if day is not None:
        end = selectors.end_of(day)
        context["occurred"] = selectors.balance_occurred(account.pk, end)
        context["posted"] = selectors.balance_posted(account.pk, end)
    return render_page(request, "ledger/money_statement.html", context, partial="lines")


def _own_party(request: PageRequest) -> Party:
    """Whoever speaks for nobody has no such page."""
    if request.actor.party is None:
        raise Http404
    rules.can_see_money(request.actor).require()
    return request.actor.party
