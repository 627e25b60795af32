"""Order lines: the list, one line down to its formulas, and how much of a feed arrived."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from portal.core import clock
from portal.core.http import PageRequest
from portal.core.tables import read_table
from portal.core.web import render_page
from portal.revenue import rules, selectors
from portal.revenue.models import Feed, OrderLine
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
    rows = OrderLine.objects.select_related(*SHOWN)
    if not rules.can_see_all_orders(request.actor):
        rows = rows.filter(pk__in=OrderLine.objects.visible_to(request.actor).values("pk"))
    line = get_object_or_404(rows, pk=pk)
    context = {
        "line": line,
        "preview": selectors.preview_of_line(line),
        "made_of": selectors.made_of(line),
        "events": selectors.events_of(line),
    }
    return render_page(request, "revenue/order_line_detail.html", context)


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
