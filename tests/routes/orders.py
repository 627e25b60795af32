"""An order line is its parties'; operators of money see all of them."""

from __future__ import annotations

from portal.revenue.models import ControlTotal, Feed, OrderLine
from tests.revenue.orders.telling import Order, record
from tests.revenue.orders.upstream import own_shop, sent
from tests.routes import Arranged, Cast

OF_OPERATORS = "operator", "finance maker", "administrator"
IMPORTERS = "operator 200, finance maker 200, administrator 200, * 403"
ALL = f"visitor 302, {IMPORTERS}"
PAGES = {
    "GET order_list": "visitor 302, owner 200, member 200, provider 200, rival 200, agency 200, "
    "creator 200, * 403",
    "GET order_line_detail": "visitor 302, owner 200, member 200, operator 200, "
    "finance maker 200, administrator 200, * 404",
    "GET order_event_detail": "visitor 302, owner 302, member 302, operator 302, "
    "finance maker 302, administrator 302, * 404",
    "GET order_register": ALL,
    "GET feed_list": ALL,
    "GET feed_headers": ALL,
    "POST feed_headers": ALL.replace("200", "302"),
    "POST feed_headers_deletion": ALL.replace("200", "302"),
    "GET order_completeness": ALL,
}
API = {
    "GET api-order-line-list": "visitor 401, * 200",
    "GET api-order-feed-list": f"visitor 401, {IMPORTERS}",
    "GET api-order-feed-detail": f"visitor 401, {IMPORTERS}",
    "PUT api-order-feed-detail": f"visitor 401, {IMPORTERS}",
    "POST api-order-events": "visitor 401, owner 200, member 403, operator 200, finance maker 200, "
    "administrator 200, * 404",
    "POST api-order-totals": "visitor 401, owner 200, member 403, operator 200, "
    "finance maker 200, administrator 200, * 404",
    "GET api-order-completeness": "visitor 401, * 400",  # of which feed was not said
    "GET api-order-line-detail": "visitor 401, owner 200, member 200, * 404",
}
FEED_ROUTES = ("feed_headers", "feed_headers_deletion", "api-order-feed-detail")
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
    feed.party = cast.owner.party
    feed.save()
    own_shop(cast.owner)
    total = ControlTotal.objects.create(feed=feed, day="2026-03-01", events=2, amount_fen=1)
    one = {"pk": line.pk}
    return Arranged(
        kwargs={
            "order_event_detail": {"pk": line.events.earliest("pk").pk},
            "order_line_detail": one,
            "api-order-line-detail": one,
            **{name: {"pk": feed.pk} for name in FEED_ROUTES},
        },
        bodies={
            "POST api-order-events": sent(),
            "POST api-order-totals": {
                "feed": "douyin",
                "day": "2026-03-02",
                "events": 1,
                "amount_fen": 1,
            },
            "POST feed_headers": {"order": "订单编号"},
            "PUT api-order-feed-detail": {"headers": {"order": ["订单编号"]}},
        },
        rows={"revenue_orderline": line, "revenue_feed": feed, "revenue_controltotal": total},
    )
