"""Counting a day: what was found is written down, what is no longer found is gone, and what
somebody resolved stays resolved as long as it is the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.reconciliation import rules, selectors
from portal.reconciliation.fields import Count, Finding
from portal.reconciliation.models import Day
from portal.reconciliation.services.matching import match_rows
from portal.reconciliation.services.telling import tell_short_day
from portal.reconciliation.states import Book
from portal.revenue.models import Feed

FIGURES = (
    *("basis", "expected_events", "expected_fen", "arrived_events", "arrived_fen"),
    *("booked_events", "booked_fen", "sound_events", "sound_fen"),
)
# A resolved one that now says something else is open again; its steps keep who resolved it.
WRITE = """
    WITH found AS (
        SELECT * FROM unnest(
            %(between)s::text[], %(kind)s::text[], %(key)s::text[], %(subject)s::text[],
            %(expected_fen)s::bigint[], %(found_fen)s::bigint[], %(expected)s::text[],
            %(found)s::text[], %(event_id)s::bigint[], %(bank_row_id)s::bigint[], %(url)s::text[]
        ) AS f(between_, kind, key, subject, expected_fen, found_fen, expected, found,
            event_id, bank_row_id, url)
    ), known AS (
        SELECT difference.*,
            status = 'gone' OR status = 'resolved' AND (
                difference.expected_fen, difference.found_fen, difference.expected, difference.found
            ) IS DISTINCT FROM (f.expected_fen, f.found_fen, f.expected, f.found) AS is_back
        FROM reconciliation_difference difference
        JOIN found f ON f.between_ = difference.between AND f.kind = difference.kind
            AND f.key = difference.key
        WHERE day_id = %(day)s
    ), steps AS (
        INSERT INTO reconciliation_differencestep (difference_id, kind, at, why, document)
        SELECT id, 'back', %(now)s, '', '' FROM known WHERE is_back
    )
    INSERT INTO reconciliation_difference AS old (
        day_id, between, kind, key, subject, expected_fen, found_fen, expected, found, event_id,
        bank_row_id, url, status, found_at, seen_at, why, document
    )
    SELECT %(day)s, between_, kind, key, subject, expected_fen, found_fen, expected, found,
        event_id, bank_row_id, url, 'open', %(now)s, %(now)s, '', '' FROM found
    ON CONFLICT (day_id, between, kind, key) DO UPDATE SET
        (subject, expected_fen, found_fen, expected, found, event_id, bank_row_id, url, seen_at) = (
            EXCLUDED.subject, EXCLUDED.expected_fen, EXCLUDED.found_fen, EXCLUDED.expected,
            EXCLUDED.found, EXCLUDED.event_id, EXCLUDED.bank_row_id, EXCLUDED.url, EXCLUDED.seen_at
        ),
        (status, gone_at, resolved_at, resolved_by_id, why, document) = (
            SELECT CASE WHEN stays THEN 'resolved' ELSE 'open' END, NULL::timestamptz,
                CASE WHEN stays THEN old.resolved_at END,
                CASE WHEN stays THEN old.resolved_by_id END,
                CASE WHEN stays THEN old.why ELSE '' END,
                CASE WHEN stays THEN old.document ELSE '' END
            FROM (SELECT old.status = 'resolved' AND (
                old.expected_fen, old.found_fen, old.expected, old.found
            ) IS NOT DISTINCT FROM (
                EXCLUDED.expected_fen, EXCLUDED.found_fen, EXCLUDED.expected, EXCLUDED.found
            ) AS stays) as_before
        )
"""
GONE = """
    WITH gone AS (
        UPDATE reconciliation_difference SET status = 'gone', gone_at = %(now)s
        WHERE day_id = %(day)s AND status = 'open' AND seen_at < %(now)s
        RETURNING id
    )
    INSERT INTO reconciliation_differencestep (difference_id, kind, at, why, document)
    SELECT id, 'gone', %(now)s, '', '' FROM gone
"""


@transaction.atomic
def count_day(
    actor: Actor,
    *,
    feed: Feed | None,
    day: date,
    strays: Sequence[selectors.Stray] | None = None,
) -> Day:
    """Count a day of a feed, or of the bank (no feed), as it is now. Two at once wait for each
    other; the same again changes nothing. `strays`: as `selectors.count_feed` takes them."""
    rules.can_count_day(actor).require()
    row = _locked(Book.BANK if feed is None else Book.ORDERS, feed, day)
    if feed is None:
        match_rows(actor, first=day, last=day)
        counted = selectors.count_bank(day)
    else:
        counted = selectors.count_feed(feed, day, strays)
    before, moment = _said(row), _moment(row)
    _take(row, counted)
    row.counted_at = moment
    row.save(update_fields=[*FIGURES, "counted_at"])
    _write(row, counted.findings, moment)
    if before != _said(row):
        audit.record(actor, "count_day", row, before=before, after=_said(row))
    tell_short_day(row)
    return row


def days_to_count(
    *, first: date, last: date, strays: Sequence[selectors.Stray] = ()
) -> list[tuple[Feed | None, date]]:
    """Those of which something is known, and those that were counted before."""
    feeds = {feed.pk: feed for feed in Feed.objects.all()}
    found = selectors.known_days(first, last) | {(one.feed, one.day) for one in strays if one.feed}
    return [(feeds.get(feed), day) for feed, day in sorted(found, key=lambda one: (one[1], one[0]))]


def count_days(actor: Actor, *, until: date, days: int) -> int:
    """The days up to the one before `until`, each in a transaction of its own. How many."""
    first, last = until - timedelta(days=days), until - timedelta(days=1)
    rules.can_count_day(actor).require()
    match_rows(actor, first=first, last=last)  # over all of them: the nearest row is found
    strays = selectors.strays_between(first, last)
    found = days_to_count(first=first, last=last, strays=strays)
    for feed, day in found:
        is_within = first <= day <= last  # now and then something of an earlier day came in
        count_day(actor, feed=feed, day=day, strays=strays if is_within else None)
    return len(found)


def _locked(book: Book, feed: Feed | None, day: date) -> Day:
    Day.objects.bulk_create([Day(book=book, feed=feed, day=day)], ignore_conflicts=True)
    rows = Day.objects.select_for_update(of=("self",), no_key=True).select_related("feed")
    return rows.get(book=book, feed=feed, day=day)


def _moment(row: Day) -> datetime:
    """Later than the count before it, whatever the clock says: so what is gone is known."""
    now = clock.now()
    if row.counted_at is not None and now <= row.counted_at:
        return row.counted_at + timedelta(microseconds=1)
    return now


def _take(row: Day, counted: Count) -> None:
    row.basis = counted.basis
    expected = counted.expected
    row.expected_events = expected.events if expected else None
    row.expected_fen = expected.fen if expected else None
    row.arrived_events, row.arrived_fen = counted.arrived.events, counted.arrived.fen
    row.booked_events, row.booked_fen = counted.booked.events, counted.booked.fen
    row.sound_events, row.sound_fen = counted.sound.events, counted.sound.fen


def _said(row: Day) -> dict[str, object]:
    return {name: getattr(row, name) for name in FIGURES}


def _write(row: Day, findings: Sequence[Finding], moment: datetime) -> None:
    once = {(one.between, one.kind, one.key): one for one in findings}
    columns = zip(*once.values(), strict=True) if once else ([] for _name in Finding._fields)
    values = dict(zip(Finding._fields, map(list, columns), strict=True))
    said: dict[str, Any] = values | {"day": row.pk, "now": moment}
    with connection.cursor() as cursor:
        if once:
            cursor.execute(WRITE, said)
        cursor.execute(GONE, said)
