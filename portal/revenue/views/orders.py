"""Order lines: the list, one line down to its formulas, and how much of a feed arrived."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from portal.core import clock
from portal.core.http import PageRequest
from portal.core.tables import read_table
from portal.core.web import render_page
from portal.revenue import rules, selectors
from portal.revenue.models import Feed
from portal.revenue.tables import ALL_ORDERS, ORDERS

SHOWN = ("merchant", "creator", "agency", "provider", "leader", "terms", "feed", "category")


@login_required
@require_safe
def order_list(request: PageRequest) -> HttpResponse:
    rules.can_list_orders(request.actor).require()
    context = {"table": read_table(request, ORDERS), "is_all": False}
    return render_page(request, "revenue/order_list.html", context, partial="table")


@login_required
@require_safe
def order_register(request: PageRequest) -> HttpResponse:
    """All of them, for operators."""
    rules.can_see_all_orders(request.actor).require()
    context = {"table": read_table(request, ALL_ORDERS), "is_all": True}
    return render_page(request, "revenue/order_list.html", context, partial="table")


@login_required
@require_safe
def order_line_detail(request: PageRequest, pk: int) -> HttpResponse:
    """What happened, what each event moved, and how the line's tree came together."""
    line = get_object_or_404(selectors.lines_read_by(request.actor).select_related(*SHOWN), pk=pk)
    back = "order_list" if request.actor.party else "order_register"
    context = {
        "line": line,
        "back": reverse(back),
        "preview": selectors.preview_of_line(request.actor, line),
        "made_of": selectors.made_of(request.actor, line),
        "events": selectors.events_of(request.actor, line),
    }
    return render_page(request, "revenue/order_line_detail.html", context)


@login_required
@require_safe
def order_event_detail(request: PageRequest, pk: int) -> HttpResponse:
    """An event stands on the page of its line."""
    line = get_object_or_404(selectors.lines_read_by(request.actor), events=pk)
    return redirect(line)


@login_required
@require_safe
def order_completeness(request: PageRequest) -> HttpResponse:
    """Day by day what the feeds announced, and what arrived."""
    rules.can_see_all_orders(request.actor).require()
    feeds = [
        (feed, selectors.completeness(feed, until=clock.today()))
        for feed in Feed.objects.order_by("code")
    ]
    return render_page(request, "revenue/order_completeness.html", {"feeds": feeds})
