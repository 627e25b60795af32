"""Two that move money of the same parties by what they read of it come one after the other."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

# In the order of what is locked, so that nobody waits for somebody who waits.
LOCK = """
    SELECT pg_advisory_xact_lock(key) FROM (
        SELECT DISTINCT hashtextextended('money of ' || party, 0) AS key
        FROM unnest(%s::bigint[]) AS party ORDER BY key OFFSET 0
    ) AS turns
"""


def wait_for_turn(parties: Iterable[int]) -> None:
    """Until the end of the transaction nobody else has these parties' turn. Asked for last, after
    the rows that a service locks, and before it reads what it goes by."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [sorted(set(parties))])
