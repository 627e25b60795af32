"""An order line is its parties'; operators of money see all of them."""

from __future__ import annotations

from portal.revenue.models import ControlTotal, Feed, OrderLine
from tests.revenue.orders.telling import Order, record
from tests.routes import Arranged, Cast

OF_OPERATORS = "operator", "finance maker", "administrator"
ALL = "visitor 302, operator 200, finance maker 200, administrator 200, * 403"
PAGES = {
    "GET order_list": "visitor 302, owner 200, member 200, provider 200, rival 200, agency 200, "
    "creator 200, * 403",
    "GET order_line_detail": "visitor 302, owner 200, member 200, operator 200, "
    "finance maker 200, administrator 200, * 404",
    "GET order_register": ALL,
    "GET order_completeness": ALL,
}
API = {
    "GET api-order-line-list": "visitor 401, * 200",
    "GET api-order-line-detail": "visitor 401, owner 200, member 200, * 404",
}
SEEN_IN_ADMIN = {"revenue_orderline": ("operator", "finance maker")}
MINE, NOBODY = "operator 200, administrator 200, staff 403, * 302", "staff 403, * 302"
ADMIN = {
    f"{method} admin:{model}_{view}": NOBODY if view == "delete" else MINE
    for model in ("revenue_feed", "revenue_controltotal")
    for view in ("changelist", "history", "change", "add", "delete")
    for method in ("GET", "POST")
    if (method, view) not in {("POST", "changelist"), ("POST", "history")}
}


def arrange(cast: Cast) -> Arranged:
    order = Order(cast.owner)
    record(order.paid(), order.settled(10_000))
    line = OrderLine.objects.get()
    feed = Feed.objects.get(code="douyin")
    total = ControlTotal.objects.create(feed=feed, day="2026-03-01", events=2, amount_fen=1)
    one = {"pk": line.pk}
    return Arranged(
        kwargs={"order_line_detail": one, "api-order-line-detail": one},
        rows={"revenue_orderline": line, "revenue_feed": feed, "revenue_controltotal": total},
    )
