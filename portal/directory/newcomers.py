"""Who has come into a question since a moment: those who match it and did not then.

Only parties that changed since are looked at. How each was found at that moment is what its first
change behind it replaced.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from portal.core import clock
from portal.directory.question import Question
from portal.parties.models import ListingBefore

REMEMBERED = timedelta(days=30)


def newcomers(question: Question, *, since: datetime, most: int) -> list[int]:
    """Keys of the parties, the last changed first; no more than `most`."""
    sql, values = _sql(question, since)
    found = _rows(f"{sql} ORDER BY changed_at DESC, party_id LIMIT %s", [*values, most])
    return [key for (key,) in found]


def count_newcomers(question: Question, *, since: datetime) -> int:
    sql, values = _sql(question, since)
    # `sql` is ours; what people wrote is in `values`.
    [(number,)] = _rows(f"SELECT count(*) FROM ({sql}) found", values)  # noqa: S608 - put together from our own words
    return int(number)


def _sql(question: Question, since: datetime) -> tuple[str, list[Any]]:
    """An empty row stands for a party that was not listed."""
    check, values = question.check()
    sql = (
        "SELECT party_id FROM ("  # noqa: S608 - our own columns' names
        "SELECT DISTINCT ON (party_id) party_id, changed_at, text AS text_before,"
        " readings AS readings_before, facets AS facets_before FROM parties_listingbefore"
        " WHERE kind = %s AND changed_at > %s ORDER BY party_id, changed_at, id) before"
        f" JOIN parties_listing USING (party_id) WHERE ({check}) AND (facets_before = '{{}}' OR NOT"
        " EXISTS (SELECT FROM (SELECT text_before AS text, readings_before AS readings,"
        f" facets_before AS facets) was WHERE {check}))"
    )
    return sql, [question.kind, since, *values, *values]


def _rows(sql: str, values: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def last_change() -> int:
    """Another number whenever somebody is found otherwise than before."""
    [(key,)] = _rows("SELECT coalesce(max(id), 0) FROM parties_listingbefore", [])
    return int(key)


def forget_changes() -> int:
    """Delete what nobody looks at any more."""
    past = clock.now() - REMEMBERED
    return ListingBefore.objects.filter(changed_at__lt=past).delete()[0]
