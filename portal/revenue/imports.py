"""Files of orders, in the upstream format: an operator's, of many shops at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor
from portal.core.files import register_purpose
from portal.core.imports import Column, ImportKind, Row, Values, register_import
from portal.core.imports.kinds import folded
from portal.core.imports.parsers import Parse, fen, one_of, text, whole
from portal.core.verdict import Flaw
from portal.parties.models import Category, OwnedAccount
from portal.parties.states import OwnedStatus, PartyKind
from portal.policies.states import ProductSource
from portal.revenue import rules, services
from portal.revenue.models import Feed
from portal.revenue.order_fields import EventFields, LineFacts
from portal.revenue.order_states import Carrier, EventKind

PURPOSE = "orders"
MOST_BYTES = 512 * 1024 * 1024
MOST_ROWS = 2_000_000
AT_ONCE = 2_000

register_purpose(PURPOSE, kinds=("csv", "xlsx"), max_bytes=MOST_BYTES)


def moment(cell: str) -> datetime:
    """A time in ISO 8601; one without a zone is Shanghai's."""
    try:
        found = datetime.fromisoformat(cell.replace("/", "-"))
    except ValueError as error:
        raise ValueError(_("Enter a time, such as 2026-05-31T20:15:00.")) from error
    if not 2000 <= found.year <= 2100:
        raise ValueError(_("Enter a time, such as 2026-05-31T20:15:00."))
    return found if found.tzinfo else found.replace(tzinfo=clock.SHANGHAI)


def word(most: int) -> Parse:
    return text(most)


def feeds() -> dict[str, Feed]:
    return {feed.code: feed for feed in Feed.objects.all()}


def categories() -> dict[str, int]:
    rows = Category.objects.values_list("code", "name_zh", "pk")
    return {name: pk for code, name_zh, pk in rows for name in (code, name_zh)}


def choices(kind: Any) -> Mapping[str, str]:
    """By code, and by what it is called."""
    return {name: value for value, label in kind.choices for name in (value, str(label))}


COLUMNS = [
    Column("source", _("Feed"), required=True, parse=one_of(feeds, _("Feed"))),
    Column("event_id", _("Event number"), parse=word(64), help=_("One number is one event.")),
    Column("order", _("Order number"), required=True, parse=word(64)),
    Column("line", _("Line"), required=True, parse=word(32)),
    Column(
        "event",
        _("What happened"),
        required=True,
        parse=one_of(choices(EventKind), _("What happened")),
        help=_("paid, settled or refunded."),
    ),
    Column("phase", _("Phase"), parse=whole(1, 10**6), help=_("1, 2, … of what settled.")),
    Column("shop", _("Shop number"), required=True, parse=word(60)),
    Column("product", _("Product number"), parse=word(60)),
    Column("category", _("Category"), parse=one_of(categories, _("Category"))),
    Column(
        "product_source",
        _("Product source"),
        parse=one_of(choices(ProductSource), _("Product source")),
    ),
    Column("creator", _("Creator's account"), parse=word(60)),
    Column("carrier", _("Carrier"), parse=one_of(choices(Carrier), _("Carrier"))),
    Column("live_id", _("Live room number"), parse=word(60)),
    Column("buyer_hash", _("Buyer (hash)"), parse=word(64)),
    Column("gross", _("Amount (yuan)"), required=True, parse=fen, help=_("Before coupons.")),
    Column("shop_coupon", _("Shop's coupon (yuan)"), parse=fen),
    Column("platform_coupon", _("Platform's coupon (yuan)"), parse=fen),
    Column("freight", _("Freight (yuan)"), parse=fen),
    Column("refund_of", _("Refund of event"), parse=word(64)),
    Column("paid_at", _("Paid at"), parse=moment),
    Column("occurred_at", _("Happened at"), required=True, parse=moment),
]
EXAMPLES = [
    {
        "source": "douyin",
        "event_id": "E-10001",
        "order": "6920001",
        "line": "1",
        "event": "paid",
        "shop": "shop-1001",
        "product": "sku-77",
        "category": "food",
        "product_source": "shop",
        "creator": "xiaoman",
        "carrier": "live",
        "live_id": "live-20260301",
        "buyer_hash": "9f86d081",
        "gross": "199.00",
        "shop_coupon": "10.00",
        "paid_at": "2026-03-01T20:15:00",
        "occurred_at": "2026-03-01T20:15:00",
    }
]


def saved_headers() -> Mapping[str, str]:
    """What the columns of the feeds are called, as operators saved it."""
    return {
        folded(header): column
        for headers in Feed.objects.values_list("headers", flat=True)
        for header, column in headers.items()
    }


def check(actor: Actor, rows: Sequence[Row]) -> Iterator[tuple[int, Flaw]]:
    """What the service would refuse, each at its line. What lies in another batch is not seen
    before it is applied; then it is, and the row is told."""
    owners = _Owners.of([row.values for row in rows])
    sound: list[tuple[Feed, EventFields]] = []
    for row in rows:
        flaws = [*owners.flaws(row.values), *rules.flaws_of_order(row.values)]
        yield from ((row.line, flaw) for flaw in flaws)
        if not flaws:
            sound.append((row.values["source"], owners.fields(row.values, row.line)))
    for feed, events in _by_feed(sound):
        yield from services.flaws_of_orders(feed, events)


def apply(actor: Actor, rows: Sequence[Values]) -> int:
    owners = _Owners.of(rows)
    events = [(row["source"], owners.fields(row)) for row in rows]
    recorded = (
        services.record_orders(actor, feed=feed, events=some) for feed, some in _by_feed(events)
    )
    return sum(one.new for one in recorded)


def _by_feed(
    events: Sequence[tuple[Feed, EventFields]],
) -> Iterator[tuple[Feed, list[EventFields]]]:
    found: dict[str, tuple[Feed, list[EventFields]]] = {}
    for feed, event in events:
        found.setdefault(feed.code, (feed, []))[1].append(event)
    yield from found.values()


class _Owners:
    """Whose the shops and accounts of some rows are, by what was proven."""

    def __init__(self, handles: set[str]) -> None:
        rows = OwnedAccount.objects.filter(status=OwnedStatus.PROVEN, handle__in=handles)
        self._by_handle = {
            (kind, handle): party
            for handle, party, kind in rows.values_list("handle", "party_id", "party__kind")
        }

    @classmethod
    def of(cls, rows: Sequence[Values]) -> _Owners:
        named = (row[name] for row in rows for name in ("shop", "creator"))
        return cls({name.lower() for name in named if name})

    def _of(self, kind: str, handle: str | None) -> int | None:
        return self._by_handle.get((kind, (handle or "").lower()))

    def flaws(self, row: Values) -> Iterator[Flaw]:
        if self._of(PartyKind.MERCHANT, row["shop"]) is None:
            yield Flaw("shop", _("No merchant has proven a shop of this number."))
        if row["creator"] and self._of(PartyKind.CREATOR, row["creator"]) is None:
            yield Flaw("creator", _("No creator has proven an account of this number."))

    def fields(self, row: Values, line: int = 0) -> EventFields:
        merchant_id = self._of(PartyKind.MERCHANT, row["shop"])
        if merchant_id is None:
            raise LookupError(row["shop"])  # `flaws` names such a row before
        facts = LineFacts(
            order=row["order"],
            line=row["line"],
            merchant_id=merchant_id,
            creator_id=self._of(PartyKind.CREATOR, row["creator"]),
            shop=row["shop"],
            account=row["creator"] or "",
            product=row["product"] or "",
            category_id=row["category"],
            product_source=row["product_source"] or "",
            carrier=row["carrier"] or "",
            live=row["live_id"] or "",
            buyer=row["buyer_hash"] or "",
        )
        return EventFields(
            facts=facts,
            kind=row["event"],
            gross=row["gross"],
            occurred_at=row["occurred_at"],
            phase=row["phase"] or 0,
            event_id=row["event_id"] or "",
            shop_coupon=row["shop_coupon"] or 0,
            platform_coupon=row["platform_coupon"] or 0,
            freight=row["freight"] or 0,
            row=line,
        )


register_import(
    ImportKind(
        name="revenue.orders",
        title=_("Sales orders"),
        columns=COLUMNS,
        may=rules.can_import_orders,
        check=check,
        apply=apply,
        examples=EXAMPLES,
        about=_(
            "One row for each thing that happened to an order line. The same file again changes "
            "nothing; events may come in any order."
        ),
        purpose=PURPOSE,
        most_rows=MOST_ROWS,
        at_once=AT_ONCE,
        aliases=saved_headers,
    )
)
