"""What an upstream says of an order: its columns, what their texts mean, and whose shop and account
it names. Files and the API read the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.imports import Column, Values
from portal.core.imports.kinds import column_in
from portal.core.imports.parsers import fen, one_of, text, whole
from portal.core.imports.table import value_of
from portal.core.verdict import Flaw
from portal.parties.models import Category, OwnedAccount
from portal.parties.states import OwnedStatus, PartyKind
from portal.policies.states import ProductSource
from portal.revenue.models import Feed
from portal.revenue.order_fields import EventFields, LineFacts
from portal.revenue.order_states import Carrier, EventKind


def moment(cell: str) -> datetime:
    """A time in ISO 8601; one without a zone is Shanghai's."""
    try:
        found = datetime.fromisoformat(cell.replace("/", "-"))
    except ValueError as error:
        raise ValueError(_("Enter a time, such as 2026-05-31T20:15:00.")) from error
    if not 2000 <= found.year <= 2100:
        raise ValueError(_("Enter a time, such as 2026-05-31T20:15:00."))
    return found if found.tzinfo else found.replace(tzinfo=clock.SHANGHAI)


def choices(kind: Any) -> Mapping[str, str]:
    """By code, and by what it is called."""
    return {name: value for value, label in kind.choices for name in (value, str(label))}


COLUMNS = [
    Column("source", _("Feed"), required=True, parse=text(20)),
    Column("event_id", _("Event number"), parse=text(64), help=_("One number is one event.")),
    Column("order", _("Order number"), required=True, parse=text(64)),
    Column("line", _("Line"), required=True, parse=text(32)),
    Column(
        "event",
        _("What happened"),
        required=True,
        parse=one_of(choices(EventKind), _("What happened")),
        help=_("paid, settled or refunded."),
    ),
    Column("phase", _("Phase"), parse=whole(1, 10**6), help=_("1, 2, … of what settled.")),
    Column("shop", _("Shop number"), required=True, parse=text(60)),
    Column("product", _("Product number"), parse=text(60)),
    Column("category", _("Category"), parse=text(60)),
    Column(
        "product_source",
        _("Product source"),
        parse=one_of(choices(ProductSource), _("Product source")),
    ),
    Column("creator", _("Creator's account"), parse=text(60)),
    Column("carrier", _("Carrier"), parse=one_of(choices(Carrier), _("Carrier"))),
    Column("live_id", _("Live room number"), parse=text(60)),
    Column("buyer_hash", _("Buyer (hash)"), parse=text(64)),
    Column("gross", _("Amount (yuan)"), required=True, parse=fen, help=_("Before coupons.")),
    Column("shop_coupon", _("Shop's coupon (yuan)"), parse=fen),
    Column("platform_coupon", _("Platform's coupon (yuan)"), parse=fen),
    Column("freight", _("Freight (yuan)"), parse=fen),
    Column("refund_of", _("Refund of event"), parse=text(64)),
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


def column_named(header: str) -> Column | None:
    """The column that a header names by itself."""
    return column_in(COLUMNS, header)


class Named:
    """What some rows name, read at once: feeds, categories, and whose shops and accounts are theirs
    by what was proven."""

    def __init__(self, rows: Sequence[Values]) -> None:
        self._feeds = {feed.code: feed for feed in Feed.objects.all()}
        self._categories = _categories()
        named = (row[name] for row in rows for name in ("shop", "creator"))
        handles = {name.lower() for name in named if name}
        proven = OwnedAccount.objects.filter(status=OwnedStatus.PROVEN, handle__in=handles)
        self._by_handle = {
            (kind, handle): party
            for handle, party, kind in proven.values_list("handle", "party_id", "party__kind")
        }

    def flaws(self, row: Values) -> Iterator[Flaw]:
        if row["source"] not in self._feeds:
            yield Flaw("source", _missing(_("Feed"), row["source"]))
        if row["category"] and row["category"] not in self._categories:
            yield Flaw("category", _missing(_("Category"), row["category"]))
        if self._owner(PartyKind.MERCHANT, row["shop"]) is None:
            yield Flaw("shop", _("No merchant has proven a shop of this number."))
        if row["creator"] and self._owner(PartyKind.CREATOR, row["creator"]) is None:
            yield Flaw("creator", _("No creator has proven an account of this number."))

    def feed(self, row: Values) -> Feed:
        return self._feeds[row["source"]]

    def fields(self, row: Values, place: int = 0) -> EventFields:
        """Of a row without flaws."""
        merchant_id = self._owner(PartyKind.MERCHANT, row["shop"])
        if merchant_id is None:
            raise LookupError(row["shop"])
        facts = LineFacts(
            order=row["order"],
            line=row["line"],
            merchant_id=merchant_id,
            creator_id=self._owner(PartyKind.CREATOR, row["creator"]),
            shop=row["shop"],
            account=row["creator"] or "",
            product=row["product"] or "",
            category_id=self._categories.get(row["category"]),
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
            refund_of=row["refund_of"] or "",
            row=place,
        )

    def _owner(self, kind: str, handle: str | None) -> int | None:
        return self._by_handle.get((kind, (handle or "").lower()))


def _categories() -> dict[str | None, int]:
    """By code, and by name."""
    rows = Category.objects.values_list("code", "name_zh", "pk")
    return {name: pk for code, name_zh, pk in rows for name in (code, name_zh)}


def _missing(what: str | Promise, name: str) -> str:
    return gettext("%(what)s: there is no “%(name)s”.") % {"what": what, "name": name[:40]}


def read_row(cells: Mapping[str, str]) -> tuple[Values, list[Flaw]]:
    """The values of a row that came without a file, and what is wrong with each."""
    values: Values = {column.name: None for column in COLUMNS}
    flaws = []
    for column in COLUMNS:
        try:
            values[column.name] = value_of(column, cells.get(column.name, ""))
        except ValueError as error:
            flaws.append(Flaw(column.name, str(error)))
    return values, flaws
