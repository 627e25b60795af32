"""How old open balances are, counted each night by one statement."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import SYSTEM, Actor
from portal.core.verdict import forbidden
from portal.invoicing.engine import BUCKETS
from portal.invoicing.models import AgedBalance

# The oldest is paid first, so what is open lies in the newest amounts of the side that is ahead
# (`engine.layers` says the same of a list). A month's amount is as old as the days since its end.
COUNT = """
    WITH months AS (
        SELECT account.party_id, journal.period, sum(entry.amount) AS amount
        FROM ledger_account account
        JOIN ledger_entry entry ON entry.account_id = account.id
        JOIN ledger_journal journal ON journal.id = entry.journal_id
        WHERE account.party_id IS NOT NULL AND account.track = 'settled'
          AND account.kind = ANY(%(kinds)s) AND journal.period <= %(day)s
        GROUP BY 1, 2
    ), totals AS (
        SELECT party_id, period, amount,
            sum(amount) OVER of_party AS total,
            sum(amount) FILTER (WHERE amount > 0) OVER newer AS newer_above,
            sum(amount) FILTER (WHERE amount < 0) OVER newer AS newer_below
        FROM months
        WINDOW of_party AS (PARTITION BY party_id),
            newer AS (PARTITION BY party_id ORDER BY period DESC
                      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
    ), layers AS (
        SELECT party_id, period, total,
            CASE WHEN total > 0
                THEN least(greatest(total - coalesce(newer_above, 0), 0), greatest(amount, 0))
                ELSE greatest(least(total - coalesce(newer_below, 0), 0), least(amount, 0))
            END AS open,
            %(day)s::date - (period + interval '1 month' - interval '1 day')::date AS days
        FROM totals WHERE total <> 0
    )
    INSERT INTO invoicing_agedbalance (party_id, amount_fen, since, day, buckets, counted_at)
    SELECT party_id, min(total), min(period) FILTER (WHERE open <> 0), %(day)s,
        ARRAY(SELECT coalesce(sum(one.open), 0)::bigint
              FROM generate_series(0, %(last)s) bucket
              LEFT JOIN layers one ON one.party_id = layers.party_id
                AND width_bucket(one.days - 1, %(edges)s) = bucket
              GROUP BY bucket ORDER BY bucket),
        %(now)s
    FROM layers GROUP BY party_id
"""
# Pending, payable, being paid, and held. A deposit is owed, too, but due on no day.
KINDS = ("share", "available", "paying", "held")


@transaction.atomic
def count_ageing(actor: Actor, *, day: date) -> int:
    """As of a day, in place of what was counted before. How many parties have anything open."""
    if actor.role != SYSTEM:
        forbidden(_("The platform counts this by itself, each night.")).require()
    values: dict[str, Any] = {
        "kinds": list(KINDS),
        "day": day,
        "now": clock.now(),
        "last": len(BUCKETS),
        "edges": list(BUCKETS),
    }
    AgedBalance.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(COUNT, values)
        return int(cursor.rowcount)
