"""Journals that say an event of an order caused them, and there is no such event."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.db import connection

from portal.core import clock
from portal.reconciliation.fields import Finding
from portal.reconciliation.states import Between, DifferenceKind
from portal.revenue.causes import SAID
from portal.revenue.models import Feed, OrderLine
from portal.revenue.order_states import CAUSE

# A journal counts in the month of its day or in a later one. What was taken back is not too much.
STRAYS = """
    SELECT journal.id, coalesce(nullif(journal.text, ''), journal.key),
        (journal.occurred_at AT TIME ZONE 'Asia/Shanghai')::date,
        (SELECT coalesce(sum(amount) FILTER (WHERE amount > 0), 0)::bigint
         FROM ledger_entry WHERE journal_id = journal.id)
    FROM ledger_journal journal
    WHERE journal.cause_type = %(cause)s AND journal.period >= %(month)s
        AND journal.occurred_at >= %(first)s AND journal.occurred_at < %(after)s
        AND journal.reverses_id IS NULL
        AND NOT EXISTS (
            SELECT FROM revenue_orderevent event WHERE event.id = CASE
                WHEN journal.cause_id ~ '^[0-9]{1,18}$' THEN journal.cause_id::bigint END
        )
        AND NOT EXISTS (SELECT FROM ledger_journal back WHERE back.reverses_id = journal.id)
    ORDER BY journal.id
"""
SLASHED = re.compile(r"(?P<order>.+)/(?P<line>[^/]+)")


class Stray(NamedTuple):
    """`feed`: whose line it names, or the first one where it names none that is known."""

    journal: int
    text: str
    day: date
    moved: int
    feed: str


def strays_between(first: date, last: date) -> list[Stray]:
    """Of these days, the last one too. One look at the journals of their months, however many days
    there are."""
    values: dict[str, Any] = {
        "cause": CAUSE,
        "month": first.replace(day=1),
        "first": _midnight(first),
        "after": _midnight(last + timedelta(days=1)),
    }
    with connection.cursor() as cursor:
        cursor.execute(STRAYS, values)
        found = cursor.fetchall()
    usual = Feed.objects.order_by("code").values_list("code", flat=True).first() if found else ""
    return [
        Stray(journal, text, day, moved, _feed_of(text) or usual or "")
        for journal, text, day, moved in found
    ]


def findings_of(strays: Sequence[Stray]) -> Iterator[Finding]:
    for one in strays:
        said = SAID.fullmatch(one.text)
        yield Finding(
            Between.LEDGER,
            DifferenceKind.EXTRA,
            f"journal/{one.journal}",
            subject=(said["line"] if said else one.text)[:200],
            found_fen=one.moved,
            found=f"{said['kind']} {said['phase'] or ''}".strip() if said else "",
        )


def _feed_of(text: str) -> str | None:
    said = SAID.fullmatch(text)
    named = SLASHED.fullmatch(said["line"]) if said else None
    if named is None:
        return None
    rows = OrderLine.objects.filter(order=named["order"], line=named["line"])
    return rows.values_list("feed", flat=True).first()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), clock.SHANGHAI)
