"""Statements of many parties by one statement of the database: chunk after chunk, each of them one
transaction with the word how far the run is. A chunk again finds nothing to add."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction

from portal.core import clock
from portal.core.actor import Actor
from portal.settlement.models import Run
from portal.settlement.rules import can_go_on
from portal.settlement.selectors.coverage import ACCOUNTS, UNCOVERED

AT_ONCE = 200  # parties of a chunk
NEXT = """
    SELECT party_id FROM ledger_account
    WHERE kind = 'share' AND track = 'settled' AND currency = 'CNY' AND party_id > %(after)s
      AND (%(only)s::bigint[] = '{}' OR party_id = ANY(%(only)s::bigint[]))
    ORDER BY party_id LIMIT %(most)s
"""
COUNT = """
    SELECT count(*) FROM ledger_account
    WHERE kind = 'share' AND track = 'settled' AND currency = 'CNY' AND party_id > %(after)s
      AND (%(only)s::bigint[] = '{}' OR party_id = ANY(%(only)s::bigint[]))
"""
# Within this run: months up to its own, or what was posted before its cut.
WITHIN = """(
    coalesce(uncovered.period <= %(until)s::date, false)
    OR coalesce(
        pg_visible_in_snapshot(uncovered.xact, %(cut)s::pg_snapshot)
        AND uncovered.posted_at <= %(cut_at)s, false)
)"""
SOURCES = """
    CASE cause_type WHEN 'order_event' THEN 'orders' WHEN 'true_up' THEN 'true_up'
        WHEN 'bill' THEN 'onward' WHEN 'adjustment' THEN 'adjustment' ELSE 'other' END
"""
# What a refund took from the settled track is what its journal gave back to the clearing account.
TURNOVER = """
    CASE event.kind WHEN 'settled' THEN event.amount_fen WHEN 'refunded' THEN -(
        SELECT sum(leg.amount) FROM ledger_entry leg
        WHERE leg.journal_id = uncovered.journal_id AND leg.account_id = %(clearing)s
    ) END
"""
CHUNK = f"""
    WITH {ACCOUNTS}, {UNCOVERED}, told AS (
        SELECT uncovered.*, {SOURCES} AS source, event.kind AS event_kind, event.line_id,
            line.terms_id,
            CASE cause_type WHEN 'true_up' THEN cause_id::uuid END AS version_id,
            CASE WHEN key = 'order/' || cause_id THEN {TURNOVER} END AS turnover
        FROM uncovered
        LEFT JOIN revenue_orderevent event
          ON event.id = CASE cause_type WHEN 'order_event' THEN cause_id::bigint END
        LEFT JOIN revenue_orderline line ON line.id = event.line_id
        WHERE {WITHIN}
    ), sums AS (
        SELECT party_id, source, terms_id, version_id, part,
            count(DISTINCT line_id) AS lines,
            coalesce(sum(turnover), 0) AS turnover,
            coalesce(sum(amount) FILTER (WHERE event_kind IS DISTINCT FROM 'refunded'), 0)
                AS earned,
            coalesce(sum(amount) FILTER (WHERE event_kind = 'refunded'), 0) AS refunded,
            coalesce(-sum(amount) FILTER (WHERE kind = 'held'), 0) AS held
        FROM told GROUP BY 1, 2, 3, 4, 5
    ), moved AS (
        SELECT party_id,
            coalesce(sum(earned) FILTER (WHERE source = 'orders'), 0)::bigint AS earned,
            coalesce(sum(refunded) FILTER (WHERE source = 'orders'), 0)::bigint AS refunded,
            coalesce(sum(earned) FILTER (WHERE source = 'true_up'), 0)::bigint AS true_ups,
            coalesce(sum(earned) FILTER (WHERE source = 'onward'), 0)::bigint AS onward,
            coalesce(sum(earned) FILTER (WHERE source = 'adjustment'), 0)::bigint AS adjusted,
            coalesce(sum(earned) FILTER (WHERE source = 'other'), 0)::bigint AS other,
            sum(held)::bigint AS held
        FROM sums GROUP BY 1
    ), counted AS (
        SELECT party_id, count(DISTINCT line_id) AS lines FROM told GROUP BY 1
    ), due AS (
        SELECT coalesce(moved.party_id, before.party_id) AS party_id, before.id AS previous_id,
            coalesce(before.carried_out, 0) AS carried_in,
            coalesce(earned, 0) AS earned, coalesce(refunded, 0) AS refunded,
            coalesce(true_ups, 0) AS true_ups, coalesce(onward, 0) AS onward,
            coalesce(adjusted, 0) AS adjusted, coalesce(other, 0) AS other,
            coalesce(held, 0) AS held, coalesce(counted.lines, 0) AS lines,
            before.negative_since, before.cut, before.cut_at, before.until_month,
            row_number() OVER (ORDER BY coalesce(moved.party_id, before.party_id)) AS place
        FROM moved
        FULL JOIN before ON before.party_id = moved.party_id
        LEFT JOIN counted ON counted.party_id = moved.party_id
        WHERE (moved.party_id IS NOT NULL OR before.carried_out <> 0)
          AND NOT EXISTS (
            SELECT FROM settlement_statement known
            WHERE known.run_id = %(run)s
              AND known.party_id = coalesce(moved.party_id, before.party_id)
          )
    ), totals AS (
        SELECT due.*, carried_in + earned + refunded + true_ups + onward + adjusted + other + held
            AS total FROM due
    ), numbered AS (
        INSERT INTO settlement_series AS series (month, last)
        SELECT %(month)s, count(*) FROM totals HAVING count(*) > 0
        ON CONFLICT (month) DO UPDATE SET last = series.last + EXCLUDED.last
        RETURNING last - (SELECT count(*) FROM totals) AS base
    ), made AS (
        INSERT INTO settlement_statement (
            run_id, party_id, number, month, previous_id, until_month, cut, cut_at,
            carried_in, earned, refunded, true_ups, onward, adjusted, other, held, total,
            released, carried_out, paid_fen, negative_since, lines, status, calculated_at,
            prepared_by_id, was_disputed, failure
        )
        SELECT %(run)s, party_id,
            'JS-' || to_char(%(month)s::date, 'YYYYMM') || '-'
                || lpad((base + place)::text, greatest(4, length((base + place)::text)), '0'),
            %(month)s, previous_id,
            CASE WHEN %(until)s::date IS NULL THEN until_month ELSE %(until)s::date END,
            coalesce(%(cut)s::text, cut), coalesce(%(cut_at)s, cut_at),
            carried_in, earned, refunded, true_ups, onward, adjusted, other, held, total,
            0, total, 0,
            CASE WHEN total < 0 THEN coalesce(negative_since, %(month)s::date) END,
            lines, 'calculated', %(now)s, %(prepared_by)s, false, ''
        FROM totals, numbered
        RETURNING id, party_id
    ), rows AS (
        INSERT INTO settlement_statementrow (
            statement_id, source, terms_id, version_id, part, lines, turnover, earned, refunded,
            held, amount
        )
        SELECT made.id, source, terms_id, version_id, part, lines, turnover, earned, refunded,
            held, earned + refunded + held
        FROM sums JOIN made ON made.party_id = sums.party_id
        ORDER BY made.id, source, earned DESC
    )
    SELECT count(*) FROM made
"""  # noqa: S608 - put together from constants


def parties_to_come(run: Run) -> int:
    """How many are still to be looked at."""
    return int(_rows(COUNT, _after(run))[0][0])


def next_parties(run: Run) -> list[int]:
    return [party for (party,) in _rows(NEXT, _after(run) | {"most": AT_ONCE})]


@transaction.atomic
def calculate_chunk(actor: Actor, *, run: Run, floor: str, clearing: int | None) -> int | None:
    """The next parties of the run; how many were looked at, None where it was stopped."""
    run = Run.objects.select_for_update(no_key=True).get(pk=run.pk)
    if run.stopped_at is not None:
        return None
    can_go_on(run).require()
    parties = next_parties(run)
    if parties:
        _write(run, parties, floor, clearing)
        run.until_party = parties[-1]
        run.save(update_fields=["until_party"])
    return len(parties)


def _write(run: Run, parties: Sequence[int], floor: str, clearing: int | None) -> None:
    values = {
        "run": run.pk,
        "month": run.month,
        "until": run.month if run.is_monthly else None,
        "cut": run.cut,
        "cut_at": run.cut_at,
        "parties": list(parties),
        "floor": floor,
        "clearing": clearing,
        "now": clock.now(),
        "prepared_by": run.prepared_by_id,
    }
    _rows(CHUNK, values)


def _after(run: Run) -> dict[str, Any]:
    return {"after": run.until_party, "only": list(run.only_parties)}


def _rows(statement: str, values: dict[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()
