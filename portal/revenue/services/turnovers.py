"""Counting what sold by whom, month by month."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db import connection, transaction

from portal.core import clock
from portal.core.actor import Actor
from portal.revenue.rules import can_import_orders

MONTHS = 14  # a year, the month that runs, and one for what settles late
COUNT = """
    INSERT INTO revenue_turnover
        (role, party_id, month, lines, paid_fen, net_fen, refunded_fen, counted_at)
    SELECT side.role, side.party, date_trunc('month', line.paid_at AT TIME ZONE 'Asia/Shanghai'),
        count(*), sum(line.paid_fen),
        sum(least(line.settled_fen, line.paid_fen - line.refunded_fen)),
        sum(line.refunded_fen), %(now)s
    FROM revenue_orderline line CROSS JOIN LATERAL (VALUES
        ('merchant', line.merchant_id), ('creator', line.creator_id),
        ('agency', line.agency_id), ('provider', line.provider_id)
    ) AS side(role, party)
    WHERE line.paid_at >= %(since)s AND side.party IS NOT NULL
    GROUP BY 1, 2, 3
    ON CONFLICT (party_id, role, month) DO UPDATE SET
        lines = excluded.lines, paid_fen = excluded.paid_fen, net_fen = excluded.net_fen,
        refunded_fen = excluded.refunded_fen, counted_at = excluded.counted_at
"""
# The words of `Channel`: whether a creator stands on the line, and where the buyer saw it.
BY_CHANNEL = """
    INSERT INTO revenue_channelturnover
        (merchant_id, channel, month, lines, paid_fen, net_fen, refunded_fen, counted_at)
    SELECT line.merchant_id,
        CASE WHEN line.creator_id IS NULL THEN 'own-' ELSE 'creator-' END
            || coalesce(nullif(line.carrier, ''), 'other'),
        date_trunc('month', line.paid_at AT TIME ZONE 'Asia/Shanghai'),
        count(*), sum(line.paid_fen),
        sum(least(line.settled_fen, line.paid_fen - line.refunded_fen)),
        sum(line.refunded_fen), %(now)s
    FROM revenue_orderline line
    WHERE line.paid_at >= %(since)s
    GROUP BY 1, 2, 3
    ON CONFLICT (merchant_id, channel, month) DO UPDATE SET
        lines = excluded.lines, paid_fen = excluded.paid_fen, net_fen = excluded.net_fen,
        refunded_fen = excluded.refunded_fen, counted_at = excluded.counted_at
"""

GONE = (
    "DELETE FROM revenue_turnover WHERE month >= %(first)s AND counted_at < %(now)s",
    "DELETE FROM revenue_channelturnover WHERE month >= %(first)s AND counted_at < %(now)s",
)


@transaction.atomic
def count_turnovers(actor: Actor, *, until: date, months: int = MONTHS) -> int:
    """Of the months up to this day; a month counted again replaces what was counted before, and a
    row goes whose last line is another's now. One statement reads each line of those months once, a
    second for what came to merchants by which channel. How many rows."""
    can_import_orders(actor).require()
    months_since_0 = until.year * 12 + until.month - months
    first = date(months_since_0 // 12, months_since_0 % 12 + 1, 1)
    since, now = datetime.combine(first, time(), clock.SHANGHAI), clock.now()
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"since": since, "now": now})
        counted = cursor.rowcount
        cursor.execute(BY_CHANNEL, {"since": since, "now": now})
        counted += cursor.rowcount
        for statement in GONE:
            cursor.execute(statement, {"first": first, "now": now})
        return counted
