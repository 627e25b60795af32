"""The demo's reconciled days: lists of the upstream for a week, rows of the bank, and what honestly
differs: a row that never came, an amount, a day; a payment that nobody finds, a fee nobody asked
for."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO, StringIO

from django.db import transaction
from django.db.models import Count, Sum
from django.db.models.functions import Coalesce
from django.utils import translation

from portal.core import clock, outbox
from portal.core.actor import OPERATOR, Actor
from portal.core.imports import ImportKind
from portal.core.imports.at_once import import_at_once
from portal.parties.demo import DEMO, World, demo_user
from portal.reconciliation import services
from portal.reconciliation.claims import payments_of
from portal.reconciliation.fields import Resolution
from portal.reconciliation.imports import LISTS
from portal.reconciliation.models import Difference, ListedEvent
from portal.reconciliation.states import Between, DifferenceKind
from portal.revenue.bank_imports import BANK
from portal.revenue.models import Feed, OrderEvent
from portal.revenue.services import announce_total

DAYS = 31
LISTED = (9, 8, 7, 6, 5, 3, 2)  # days ago of which the upstream's list was brought
LOST, WRONG, LATE = 5, 7, 9  # days ago
LIST_HEADER = (
    *("source", "event_id", "order", "line", "event", "phase", "shop", "gross", "occurred_at"),
)
BANK_HEADER = ("account", "reference", "booked_on", "amount", "counterparty", "memo", "direction")
ACCOUNT = "存管账户 8801"
FEE_FEN, WRONG_BY = 1_500, 300
UNFOUND = 9  # one payment of so many is not in the bank's rows


def make_days(world: World) -> None:
    with outbox.born_delivered(), transaction.atomic(), translation.override("zh-hans"):
        for ago in LISTED:
            _bring_list(world.today - timedelta(days=ago), ago)
        _bring_rows(world.today - timedelta(days=DAYS), world.today - timedelta(days=1))
        with clock.standing_at(world.dawn - timedelta(hours=3)):
            services.count_days(DEMO, until=world.today, days=DAYS)
        _explain()
        services.close_found(DEMO)


def _bring_list(day: date, ago: int) -> None:
    """As the upstream would write it: all that is here, but for what differs."""
    feed = Feed.objects.get(code="douyin")
    since = datetime.combine(day, time(), clock.SHANGHAI)
    found = OrderEvent.objects.filter(feed=feed, occurred_at__gte=since)
    events = found.filter(occurred_at__lt=since + timedelta(days=1)).select_related("line")
    rows = [_row(event) for event in events.order_by("occurred_at", "pk")]
    if ago == LOST:
        rows.append(_lost(since.isoformat()))
    if ago == WRONG and rows:
        rows[0]["gross"] = _yuan(events.order_by("occurred_at", "pk")[0].amount_fen + WRONG_BY)
    if ago == LATE:  # told a day earlier than it came in
        later = found.filter(occurred_at__gte=since + timedelta(days=1)).select_related("line")
        first = later.order_by("occurred_at", "pk").first()
        if first is not None:
            late = since + timedelta(hours=23, minutes=59)
            rows.append(_row(first) | {"occurred_at": late.isoformat()})
    if ago == LATE - 1:
        rows = rows[1:]
    _import(LISTS, LIST_HEADER, [[row[name] for name in LIST_HEADER] for row in rows])
    _announce(feed, day)


def _announce(feed: Feed, day: date) -> None:
    """Its control total is that of its list."""
    rows = ListedEvent.objects.filter(listing__feed=feed, listing__day=day)
    sums = rows.aggregate(events=Count("pk"), amount_fen=Coalesce(Sum("amount_fen"), 0))
    announce_total(DEMO, feed=feed, day=day, **sums)


def _row(event: OrderEvent) -> dict[str, str]:
    return {
        "source": event.feed_id,
        "event_id": event.event_id,
        "order": event.line.order,
        "line": event.line.line,
        "event": event.kind,
        "phase": str(event.phase or ""),
        "shop": event.line.shop or "—",
        "gross": _yuan(event.amount_fen),
        "occurred_at": event.occurred_at.astimezone(clock.SHANGHAI).isoformat(),
    }


def _lost(at: str) -> dict[str, str]:
    """Of a shop that nobody has proven, so no import of orders takes it."""
    return dict(
        zip(
            LIST_HEADER,
            ("douyin", "U-99000417", "6930000417", "1", "paid", "", "shop-unknown", "129.00", at),
            strict=True,
        )
    )


def _bring_rows(first: date, last: date) -> None:
    """The bank's rows of what the books say moved, and its own fee. Payments that finance has
    found have theirs already."""
    rows = []
    for number, (_source, payment) in enumerate(payments_of(first, last), start=1):
        claim = payment.claim
        if payment.row_id is not None or number % UNFOUND == 0:
            continue
        reference = claim.reference or f"Y{claim.day:%Y%m%d}-{number:04d}"
        amount = _yuan(abs(claim.amount))
        way = "收" if claim.amount > 0 else "付"
        memo = payment.title[-40:]
        rows.append([ACCOUNT, reference, claim.day.isoformat(), amount, claim.name, memo, way])
    fee_on = last - timedelta(days=5)
    fee = [f"F{fee_on:%Y%m%d}", fee_on.isoformat(), _yuan(FEE_FEN), "存管银行", "账户管理费"]
    rows.append([ACCOUNT, *fee, "付"])
    _import(BANK, BANK_HEADER, rows)


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def _import(kind: ImportKind, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    if not rows:
        return
    text = StringIO()
    csv.writer(text).writerows([header, *rows])
    import_at_once(DEMO, kind=kind, source=BytesIO(text.getvalue().encode()))


def _explain() -> None:
    """The fee is explained, and what came a day late."""
    checker = Actor(user=demo_user("checker"), party=None, role=OPERATOR, via="demo")
    said = (
        (Between.BANK, DifferenceKind.EXTRA, "银行账户管理费，已计入当月费用。"),
        (Between.UPSTREAM, DifferenceKind.TIMING, "跨零点支付，上游按下单日计。"),
    )
    for between, kind, why in said:
        one = Difference.objects.open().filter(between=between, kind=kind).order_by("pk").first()
        if one is not None:
            resolution = Resolution(why, one.bank_row.reference if one.bank_row else "")
            services.resolve_difference(checker, difference=one, said=resolution)
