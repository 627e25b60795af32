"""Counting where creators stand on the four lines, each night, all of them in one statement."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction

from portal.activity.states import Source
from portal.core import audit, clock
from portal.core.actor import Actor
from portal.growth import rules
from portal.growth.models import GrowthRules, LevelStep
from portal.growth.services.telling import tell_levels
from portal.growth.states import FRESH_DAYS, LIVE_DAYS, MONTHS
from portal.parties.states import TRUSTED

# Only what the platform or an operator's file tells counts, never a creator's own word. A row that
# stays as it was is not written again; a level never goes down.
COUNT = """
    WITH creator AS MATERIALIZED (
        SELECT id FROM parties_party
        WHERE kind = 'creator' AND status = ANY(%(trusted)s) AND sandbox_of_id IS NULL
    ), measured AS (
        SELECT party_id, 'live' AS line, sum(lives)::bigint AS value FROM (
            SELECT DISTINCT ON (party_id, day) party_id, lives FROM activity_activityday
            WHERE day > %(until)s - %(live_days)s AND day <= %(until)s AND source >= %(trust)s
            ORDER BY party_id, day, source DESC, id DESC
        ) AS best GROUP BY 1
        UNION ALL
        (SELECT DISTINCT ON (party_id) party_id, 'followers', shopping_followers
        FROM activity_activityday
        WHERE day > %(until)s - %(fresh_days)s AND day <= %(until)s AND source >= %(trust)s
            AND shopping_followers IS NOT NULL
        ORDER BY party_id, day DESC, source DESC, id DESC)
        UNION ALL
        SELECT party_id, 'value', sum(net_fen)::bigint FROM revenue_turnover
        WHERE role = 'creator' AND month >= %(month)s AND month <= %(until)s GROUP BY 1
        UNION ALL
        (SELECT DISTINCT ON (party_id) party_id, 'efficiency', gpm_fen FROM activity_figures
        WHERE day > %(until)s - %(fresh_days)s AND day <= %(until)s AND source >= %(trust)s
            AND gpm_fen IS NOT NULL
        ORDER BY party_id, source DESC, day DESC, id DESC)
    ), placed AS MATERIALIZED (
        SELECT creator.id AS party_id, lines.line, measured.value,
            coalesce(held.level, 0) AS before, held.id IS NOT NULL AS was_known,
            (SELECT count(*) FROM growth_levelrung rung WHERE rung.rules_id = %(rules)s
                AND rung.line = lines.line AND rung.floor <= measured.value) AS reached
        FROM creator
        CROSS JOIN (VALUES ('live'), ('followers'), ('value'), ('efficiency')) AS lines(line)
        LEFT JOIN measured ON measured.party_id = creator.id AND measured.line = lines.line
        LEFT JOIN growth_linestanding held ON held.party_id = creator.id
            AND held.line = lines.line
    ), written AS (
        INSERT INTO growth_linestanding AS standing
            (party_id, line, level, value, since, changed_at)
        SELECT party_id, line, reached, value, CASE WHEN reached > 0 THEN %(until)s END, %(now)s
        FROM placed ORDER BY party_id, line
        ON CONFLICT (party_id, line) DO UPDATE SET
            level = greatest(standing.level, excluded.level), value = excluded.value,
            since = CASE WHEN excluded.level > standing.level THEN excluded.since
                ELSE standing.since END,
            changed_at = excluded.changed_at
        WHERE standing.value IS DISTINCT FROM excluded.value OR standing.level < excluded.level
    )
    INSERT INTO growth_levelstep (party_id, line, before, level, value, rules_id, day, counted_at)
    SELECT party_id, line, before, reached, value, %(rules)s, %(until)s, %(now)s
    FROM placed WHERE reached > before ORDER BY party_id, line
    RETURNING id
"""


@transaction.atomic
def count_levels(actor: Actor, *, until: date) -> int:
    """By what is known through this day and the rules that hold on it; how many levels were newly
    reached. Safe to run twice: the second finds nothing new."""
    rules.can_count_levels(actor).require()
    held = GrowthRules.objects.on(until).first()
    if held is None:
        return 0
    # Two that count at once would reach each level twice: they wait for each other here.
    GrowthRules.objects.select_for_update(no_key=True).get(pk=held.pk)
    newcomers = _newcomers()
    with connection.cursor() as cursor:
        cursor.execute(COUNT, _facts(held, until))
        reached = [key for (key,) in cursor.fetchall()]
    steps = LevelStep.objects.filter(pk__in=reached).exclude(party__in=newcomers)
    tell_levels(steps.select_related("party"))
    if reached:
        audit.record(actor, "count_levels", held, after={"day": until, "reached": len(reached)})
    return len(reached)


def _newcomers() -> Any:
    """Whom nothing was counted of before: what they have from the start is no news."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM parties_party WHERE kind = 'creator'"
            " AND id NOT IN (SELECT party_id FROM growth_linestanding)"
        )
        return [key for (key,) in cursor.fetchall()]


def _facts(held: GrowthRules, until: date) -> dict[str, Any]:
    months = until.year * 12 + until.month - MONTHS
    return {
        "rules": held.pk,
        "until": until,
        "now": clock.now(),
        "month": date(months // 12, months % 12 + 1, 1),
        "live_days": timedelta(days=LIVE_DAYS),
        "fresh_days": timedelta(days=FRESH_DAYS),
        "trust": int(Source.OPERATOR_FILE),
        "trusted": sorted(TRUSTED),
    }
