"""Counting toward the year's targets, each night."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection, transaction

from portal.core import clock
from portal.core.actor import Actor
from portal.goals.engine import pace_on
from portal.goals.rules import can_count_goals
from portal.goals.selectors import newest_since, read_goal_rules
from portal.goals.states import ASKED

SETTLES_WITHIN = timedelta(days=60)  # so long a year that is over is counted again

# Sales of a party that was merged into another count with the one that stayed: one business.
PARTIES = """
    INSERT INTO goals_yearsum
        (subject, party_id, product, region, year, net_fen, first_on, counted_at)
    SELECT sold.role, party.id, '', city.region, %(year)s, sold.net_fen,
        CASE WHEN sold.role = 'merchant' THEN coalesce(first.day, %(first)s) END, %(now)s
    FROM (
        SELECT turnover.role, coalesce(seller.merged_into_id, seller.id) AS party_id,
            sum(turnover.net_fen)::bigint AS net_fen
        FROM revenue_turnover turnover JOIN parties_party seller ON seller.id = turnover.party_id
        WHERE turnover.month >= %(first)s AND turnover.month < %(next)s
        GROUP BY 1, 2 HAVING sum(turnover.net_fen) > 0
    ) AS sold
    JOIN parties_party party ON party.id = sold.party_id AND party.sandbox_of_id IS NULL
    JOIN parties_city city ON city.id = party.city_id
    LEFT JOIN LATERAL (
        SELECT (line.paid_at AT TIME ZONE 'Asia/Shanghai')::date AS day
        FROM revenue_orderline line
        WHERE sold.role = 'merchant' AND line.merchant_id = party.id AND line.settled_fen > 0
        ORDER BY line.paid_at LIMIT 1
    ) AS first ON true
    ON CONFLICT (party_id, subject, product, year) DO UPDATE SET
        region = excluded.region, net_fen = excluded.net_fen, first_on = excluded.first_on,
        counted_at = excluded.counted_at
"""
PRODUCTS = """
    INSERT INTO goals_yearsum
        (subject, party_id, product, region, year, net_fen, first_on, counted_at)
    SELECT 'product', merchant.id, sold.product, city.region, %(year)s, sold.net_fen, NULL, %(now)s
    FROM (
        SELECT line.merchant_id, line.product,
            sum(least(line.settled_fen, line.paid_fen - line.refunded_fen))::bigint AS net_fen
        FROM revenue_orderline line
        WHERE line.paid_at >= %(since)s AND line.paid_at < %(until)s AND line.product <> ''
            AND line.settled_fen > 0
        GROUP BY 1, 2
    ) AS sold
    JOIN parties_party merchant ON merchant.id = sold.merchant_id
        AND merchant.sandbox_of_id IS NULL
    JOIN parties_city city ON city.id = merchant.city_id
    WHERE sold.net_fen > 0
    ON CONFLICT (party_id, subject, product, year) DO UPDATE SET
        region = excluded.region, net_fen = excluded.net_fen, counted_at = excluded.counted_at
"""
GONE = "DELETE FROM goals_yearsum WHERE year = %(year)s AND counted_at < %(now)s"
# As `engine.Pace.meets`: whole numbers on both sides, numeric because fen × days leave a bigint.
COUNT = """
    INSERT INTO goals_goalcount (goal, region, day, reached, on_pace, counted_at)
    SELECT goal.code, region.code, %(day)s,
        count(*) FILTER (WHERE own.net_fen >= goal.threshold),
        count(*) FILTER (WHERE own.net_fen::numeric * %(days)s
            >= goal.threshold::numeric * %(days_gone)s),
        %(now)s
    FROM unnest(%(codes)s::text[], %(subjects)s::text[], %(thresholds)s::bigint[],
        %(newest)s::date[]) AS goal(code, subject, threshold, newest)
    CROSS JOIN parties_region region
    LEFT JOIN goals_yearsum own ON own.year = %(year)s AND own.subject = goal.subject
        AND own.region = region.code AND (goal.newest IS NULL OR own.first_on >= goal.newest)
    GROUP BY 1, 2
    ON CONFLICT (day, goal, region) DO UPDATE SET
        reached = excluded.reached, on_pace = excluded.on_pace, counted_at = excluded.counted_at
"""


@transaction.atomic
def count_goals(actor: Actor, *, until: date) -> int:
    """Of the year of this day, from the turnovers by month that are counted before; early in a year
    of the one that is over, too, because its last orders still settle. How many sums."""
    can_count_goals(actor).require()
    over = until.year - 1 if (until - SETTLES_WITHIN).year < until.year else None
    days = [*([date(over, 12, 31)] if over else []), until]
    return sum(_count_year(day) for day in days)


def _count_year(day: date) -> int:
    first = date(day.year, 1, 1)
    following = first.replace(year=day.year + 1)
    facts: dict[str, Any] = {
        "year": day.year,
        "first": first,
        "next": following,
        "since": datetime.combine(first, time(), clock.SHANGHAI),
        "until": datetime.combine(following, time(), clock.SHANGHAI),
        "now": clock.now(),
    }
    with connection.cursor() as cursor:
        cursor.execute(PARTIES, facts)
        counted = cursor.rowcount
        cursor.execute(PRODUCTS, facts)
        counted += cursor.rowcount
        cursor.execute(GONE, facts)
        cursor.execute(COUNT, facts | _asked(day))
    return counted


def _asked(day: date) -> dict[str, Any]:
    """The goals that have a threshold on this day, as columns."""
    rules, pace = read_goal_rules(), pace_on(day)
    known = {goal: rules.value_on(asked.threshold, day) for goal, asked in ASKED.items()}
    goals = [goal for goal, threshold in known.items() if threshold]
    return {
        "day": day,
        "days": pace.days,
        "days_gone": pace.day,
        "codes": [goal.value for goal in goals],
        "subjects": [ASKED[goal].subject.value for goal in goals],
        "thresholds": [known[goal] for goal in goals],
        "newest": [newest_since(goal, rules, day) for goal in goals],
    }
