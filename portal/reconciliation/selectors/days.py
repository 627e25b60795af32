"""Which days there are, and a month of them as its page shows it."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from portal.core import clock
from portal.core.templatetags.ui import money, num
from portal.ledger.fields import month_after
from portal.reconciliation.claims import payments_of
from portal.reconciliation.models import BankMatch, Day, Difference
from portal.reconciliation.states import Between, Book, DifferenceKind
from portal.revenue.models import BankRow, Feed

BANK = ""  # where days of feeds name theirs
KNOWN = """
    SELECT feed.code, day.day::date
    FROM revenue_feed feed
    CROSS JOIN generate_series(%(first)s::timestamp, %(last)s::timestamp, '1 day') AS day(day)
    WHERE EXISTS (
        SELECT FROM revenue_orderevent event WHERE event.feed_id = feed.code
            AND event.occurred_at >= day.day AT TIME ZONE 'Asia/Shanghai'
            AND event.occurred_at < (day.day + interval '1 day') AT TIME ZONE 'Asia/Shanghai'
    )
    UNION SELECT feed_id, day FROM revenue_controltotal
    WHERE day BETWEEN %(first)s AND %(last)s
    UNION SELECT feed_id, day FROM reconciliation_listing
    WHERE day BETWEEN %(first)s AND %(last)s
    UNION SELECT feed_id, (occurred_at AT TIME ZONE 'Asia/Shanghai')::date
    FROM revenue_orderevent
    WHERE recorded_at >= %(since)s AND occurred_at >= %(oldest)s AND occurred_at < %(until)s
"""
MOST_MATCHES = 10
NEAR = timedelta(days=45)  # where the row of a payment is looked for by a person
OLDEST = timedelta(days=92)
LATE = timedelta(days=2)  # what came in since then belongs to an earlier day now and then


def known_days(first: date, last: date) -> set[tuple[str, date]]:
    """Of feeds and of the bank; also earlier ones of which something came in only now."""
    after = datetime.combine(last + timedelta(days=1), time(), clock.SHANGHAI)
    said = {"first": first, "last": last, "since": after - LATE, "until": after}
    said["oldest"] = after - OLDEST
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, said)
        found = set(cursor.fetchall())
    rows = BankRow.objects.filter(booked_on__range=(first, last))
    days = set(rows.values_list("booked_on", flat=True).distinct())
    days |= {one.claim.day for _source, one in payments_of(first, last)}
    counted = Day.objects.filter(day__range=(first, last)).values_list("feed", "day")
    return found | {(BANK, day) for day in days} | {(feed or BANK, day) for feed, day in counted}


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of the calendar; `row` is None where nothing was counted."""

    day: date
    is_inside: bool
    row: Day | None


@dataclass(frozen=True, slots=True)
class MonthOf:
    """A feed's month, or the bank's."""

    code: str
    name: str
    weeks: Sequence[Sequence[Cell]]
    counted: int
    short: int
    open_count: int
    completeness_bp: int | None


def months_of(month: date) -> list[MonthOf]:
    """Every feed of which a day was counted, then the bank."""
    rows = Day.objects.filter(day__gte=month, day__lt=month_after(month)).with_open()
    by_place = {(row.feed_id or BANK, row.day): row for row in rows.select_related("feed")}
    places = [(feed.code, feed.name) for feed in Feed.objects.order_by("code")]
    bank = (BANK, str(Book.BANK.label))
    return [_month_of(month, code, name, by_place) for code, name in (*places, bank)]


def _month_of(month: date, code: str, name: str, by_place: dict[tuple[str, date], Day]) -> MonthOf:
    weeks = [
        [Cell(day, day.month == month.month, by_place.get((code, day))) for day in week]
        for week in Calendar().monthdatescalendar(month.year, month.month)
    ]
    rows = [row for (place, _day), row in by_place.items() if place == code]
    shares = [row.completeness_bp for row in rows if row.completeness_bp is not None]
    return MonthOf(
        code=code or "bank",
        name=name,
        weeks=weeks,
        counted=len(rows),
        short=sum(share < 10_000 for share in shares),
        open_count=sum(row.open_count for row in rows),  # type: ignore[attr-defined]  # annotated
        completeness_bp=min(shares, default=None),
    )


def figures_of(day: Day) -> list[dict[str, Any]]:
    """As `components/kpis.html` takes them."""
    is_bank = day.book == Book.BANK
    titles = (
        (_("Moved by the books"), _("Rows of the bank"), _("Rows that are a payment"))
        if is_bank
        else (_("Should be"), _("Arrived"), _("In the books"))
    )
    sums = (
        (day.expected_events, day.expected_fen),
        (day.arrived_events, day.arrived_fen),
        (day.booked_events, day.booked_fen),
    )
    figures = [
        {
            "label": label,
            "value": "—" if events is None else num(events),
            "note": _("nothing announced") if fen is None else money(fen),
        }
        for label, (events, fen) in zip(titles, sums, strict=True)
    ]
    share = day.completeness_bp
    whole = {
        "label": _("Completeness"),
        "value": "—" if share is None else f"{share / 100:g}%",
        "note": _("of events and of money, the smaller"),
        "tone": "" if share is None else "ok" if day.is_whole else "bad",
    }
    return [whole, *figures]


def kinds_of(day: Day) -> list[tuple[str, str, int, int]]:
    """Open ones by kind: its code, its word, how many, and by how much they are off in all."""
    rows = (
        day.differences.open()
        .values_list("kind")
        .annotate(n=Count("pk"), off=Sum(Coalesce("found_fen", 0) - Coalesce("expected_fen", 0)))
    )
    found = {kind: (n, int(off)) for kind, n, off in rows.order_by()}
    return [
        (kind.value, str(kind.label), *found[kind.value])
        for kind in DifferenceKind
        if kind.value in found
    ]


def rows_for(difference: Difference) -> QuerySet[BankRow]:
    """Rows of the bank that may be the payment: of its amount, near its day, and free."""
    near = difference.day.day - NEAR, difference.day.day + NEAR
    taken = BankMatch.objects.filter(row__booked_on__range=near, ended_at=None)
    rows = BankRow.objects.filter(booked_on__range=near, amount_fen=difference.expected_fen or 0)
    return rows.exclude(pk__in=taken.values("row_id")).order_by("booked_on", "pk")


def matches_for(difference: Difference) -> QuerySet[BankMatch]:
    """Matches that may be the wrong ones where something is missing or too much: of its amount,
    near its day. None on a day of orders."""
    if difference.between != Between.BANK:
        return BankMatch.objects.none()
    near = difference.day.day - NEAR, difference.day.day + NEAR
    amounts = [fen for fen in (difference.expected_fen, difference.found_fen) if fen]
    rows = BankMatch.objects.filter(row__booked_on__range=near, row__amount_fen__in=amounts)
    standing = rows.filter(ended_at=None).select_related("row", "matched_by")
    return standing.order_by("row__booked_on", "pk")
