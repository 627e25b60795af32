"""What an upstream says happened on a day, as a file: compared, and nothing of it imported. Its
columns and saved headers are those of order imports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.imports import ImportKind, Row, Values, register_import
from portal.core.verdict import Flaw
from portal.reconciliation import rules, services
from portal.revenue.imports import AT_ONCE, MOST_ROWS, PURPOSE, saved_headers
from portal.revenue.models import Feed
from portal.revenue.order_fields import EventFields, LineFacts
from portal.revenue.upstream import COLUMNS, EXAMPLES

AMOUNTS = ("gross", "shop_coupon", "platform_coupon", "freight")


def check(actor: Actor, rows: Sequence[Row]) -> Iterator[tuple[int, Flaw]]:
    """Only what makes a row unreadable: a shop that nobody has proven is what is looked for."""
    feeds = set(Feed.objects.values_list("pk", flat=True))
    for row in rows:
        values = row.values
        if values["source"] not in feeds:
            yield row.line, Flaw("source", _("There is no feed of this code."))
        for name in AMOUNTS:
            if (values[name] or 0) < 0:
                sentence = _("An amount is never below zero; a refund is a row of its own.")
                yield row.line, Flaw(name, sentence)
        coupons = (values["shop_coupon"] or 0) + (values["platform_coupon"] or 0)
        if coupons > values["gross"] >= 0:
            yield row.line, Flaw("gross", _("The coupons are more than the goods cost."))


def apply(actor: Actor, rows: Sequence[Values]) -> int:
    by_feed: dict[str, list[EventFields]] = defaultdict(list)
    for row in rows:
        by_feed[row["source"]].append(_event(row))
    feeds = Feed.objects.in_bulk(sorted(by_feed))
    return sum(
        services.list_events(actor, feed=feeds[code], events=by_feed[code]) for code in feeds
    )


def _event(row: Values) -> EventFields:
    """Whose shop and account it is does not matter here."""
    facts = LineFacts(row["order"], row["line"], merchant_id=0, shop=row["shop"])
    return EventFields(
        facts,
        row["event"],
        row["gross"],
        row["occurred_at"],
        phase=row["phase"] or 0,
        event_id=row["event_id"] or "",
        shop_coupon=row["shop_coupon"] or 0,
        platform_coupon=row["platform_coupon"] or 0,
        freight=row["freight"] or 0,
    )


LISTS = register_import(
    ImportKind(
        name="reconciliation.upstream",
        title=_("Upstream list to compare"),
        columns=COLUMNS,
        may=rules.can_bring_lists,
        check=check,
        apply=apply,
        examples=EXAMPLES,
        about=_(
            "What an upstream says happened, row by row. It is held against the orders that are "
            "here; nothing of it is imported."
        ),
        purpose=PURPOSE,
        most_rows=MOST_ROWS,
        at_once=AT_ONCE,
        aliases=saved_headers,
    )
)
