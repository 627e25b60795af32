"""How much may be taken out on a day, kept by one statement: two at the same moment never pass."""

from __future__ import annotations

from django.db import connection

from portal.core import clock
from portal.core.actor import Actor
from portal.core.exports.kinds import ExportKind
from portal.core.models import ExportQuota

TAKE = """
    WITH asked (holder, most) AS (
        SELECT * FROM unnest(%(holders)s::text[], %(limits)s::int[])
    )
    INSERT INTO core_exportquota AS quota (day, kind, holder, rows)
    SELECT %(day)s, %(kind)s, holder, %(rows)s FROM asked WHERE %(rows)s <= most ORDER BY holder
    ON CONFLICT (day, kind, holder) DO UPDATE SET rows = quota.rows + EXCLUDED.rows
    WHERE quota.rows + EXCLUDED.rows <= (SELECT most FROM asked WHERE holder = quota.holder)
    RETURNING holder
"""


def take_rows(actor: Actor, kind: ExportKind, rows: int) -> bool:
    """Count `rows` against the person and their party. False: too many, and the caller must roll
    back, because one of the two may have been counted."""
    limits = limits_of(actor, kind)
    with connection.cursor() as cursor:
        cursor.execute(
            TAKE,
            {
                "holders": list(limits),
                "limits": list(limits.values()),
                "day": clock.today(),
                "kind": kind.name,
                "rows": rows,
            },
        )
        return len(cursor.fetchall()) == len(limits)


def rows_left(actor: Actor, kind: ExportKind) -> int:
    """How many rows this person may still take out today; for the page, not for the decision."""
    limits = limits_of(actor, kind)
    today = ExportQuota.objects.filter(day=clock.today(), kind=kind.name, holder__in=limits)
    taken = dict(today.values_list("holder", "rows"))
    return min(most - taken.get(holder, 0) for holder, most in limits.items())


def limits_of(actor: Actor, kind: ExportKind) -> dict[str, int]:
    limits = {f"user:{actor.user_id}": kind.daily_rows}
    if actor.party_id is not None:
        limits[f"party:{actor.party_id}"] = kind.party_daily_rows or kind.daily_rows
    return limits
