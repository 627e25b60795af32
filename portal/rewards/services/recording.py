"""Recording what parties did from the tables that own it, many at once: settled orders and the
daily feed from below in one statement each, and what the parts above tell."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from portal.activity.states import Source
from portal.core import clock
from portal.core.actor import Actor
from portal.rewards import rules
from portal.rewards.models import Claim, TaskStep
from portal.rewards.services.counting import recount, write_steps
from portal.rewards.services.taking_back import reopen_claims, take_back_orders
from portal.rewards.sources import told_since
from portal.rewards.states import StepEvent, TaskStatus

BACK = timedelta(days=40)  # so late a file may come and still count
LOOKS_BACK = timedelta(days=120)  # followers are won against the most there were in this time

INSERT = """
    INSERT INTO rewards_steprecord
        (party_id, event, ref, scope, amount, given_back, at, recorded_at)
    {rows}
    ON CONFLICT (event, ref) DO NOTHING
"""
# An order is its line; it counts once it has settled and as long as something of it was not given
# back. `amount`: what of it stays.
ORDERS = """
    SELECT party.id, 'order', 'line:' || line.id || ':' || party.id, '',
        least(line.settled_fen, line.paid_fen - line.refunded_fen), 0, event.occurred_at, %(now)s
    FROM revenue_orderevent event
    JOIN revenue_orderline line ON line.id = event.line_id
    CROSS JOIN LATERAL (VALUES
        (line.merchant_id), (line.creator_id), (line.agency_id), (line.provider_id)
    ) AS side(party)
    JOIN parties_party party ON party.id = side.party AND party.kind = ANY(%(order_kinds)s)
        AND party.sandbox_of_id IS NULL
    WHERE event.kind = 'settled' AND event.phase = 1 AND event.occurred_at >= %(since)s
        AND line.settled_fen > 0 AND line.refunded_fen < line.paid_fen
    ORDER BY event.id, party.id
"""
# A day counts by what the best trusted source says of it, at its end. Followers are won when there
# are more than at any time before: who loses and wins them back has won nothing.
DAYS = """
    WITH best AS (
        SELECT DISTINCT ON (day.party_id, day.day) day.party_id, day.day, day.lives, day.has_sold,
            day.followers, day.shopping_followers, party.kind
        FROM activity_activityday day
        JOIN parties_party party ON party.id = day.party_id AND party.sandbox_of_id IS NULL
        WHERE day.day >= %(first)s AND day.source >= %(trust)s
        ORDER BY day.party_id, day.day, day.source DESC, day.id DESC
    ), known AS (
        SELECT best.*,
            followers - max(followers) OVER before AS won,
            shopping_followers - max(shopping_followers) OVER before AS shopping_won
        FROM best
        WINDOW before AS (
            PARTITION BY party_id ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        )
    )
    SELECT party_id, done.event, 'day:' || party_id || ':' || day, '', done.amount, 0,
        (day + 1)::timestamp AT TIME ZONE 'Asia/Shanghai' - interval '1 second', %(now)s
    FROM known CROSS JOIN LATERAL (VALUES
        ('live', lives::bigint), ('selling_day', has_sold::int::bigint),
        ('followers', won), ('shopping_followers', shopping_won)
    ) AS done(event, amount)
    JOIN unnest(%(events)s::text[], %(kinds)s::text[]) AS asked(event, kind)
        ON asked.event = done.event AND asked.kind = known.kind
    WHERE done.amount > 0 AND day >= %(from_day)s
        -- The same day of a party that has become this one: it counts under that one's number.
        AND NOT EXISTS (
            SELECT FROM rewards_steprecord told
            WHERE told.party_id = known.party_id AND told.event = done.event
                AND told.ref LIKE 'day:%%' AND told.at =
                    (day + 1)::timestamp AT TIME ZONE 'Asia/Shanghai' - interval '1 second')
    ORDER BY party_id, day, done.event
"""


def record_known_steps(actor: Actor, *, since: datetime | None = None) -> int:
    """How many records were new. Safe to run twice. Only what some published task counts is
    recorded: for whom, its kinds of parties say."""
    rules.can_record_steps(actor).require()
    since = since or clock.now() - BACK
    asked = _asked()
    new = _write_known(asked, since)
    events = {event for event, _kind in asked}
    steps = [one for one in told_since(since) if one.event in events]
    new += len(write_steps(actor, steps=steps))
    take_back_orders(actor, since=since)
    reopen_claims(actor)  # first: nobody passes meanwhile by what was given back
    # Everybody's, not only of those with new records: a worker may have died after writing some.
    running = Claim.objects.running().order_by().values_list("party", flat=True)
    recount(actor, parties=set(running))
    return new


def _asked() -> set[tuple[str, str]]:
    """(event, kind of party) of the steps of tasks that were published."""
    steps = TaskStep.objects.exclude(task__status=TaskStatus.DRAFT)
    rows = steps.values_list("event", "task__kinds").distinct()
    return {(event, kind) for event, kinds in rows for kind in kinds}


@transaction.atomic
def _write_known(asked: Collection[tuple[str, str]], since: datetime) -> int:
    rows = sorted(asked)
    facts: dict[str, Any] = {
        "now": clock.now(),
        "since": since,
        "from_day": clock.day_of(since),
        "first": clock.day_of(since) - LOOKS_BACK,
        "trust": int(Source.OPERATOR_FILE),
        "events": [event for event, _kind in rows],
        "kinds": [kind for _event, kind in rows],
        "order_kinds": [kind for event, kind in rows if event == StepEvent.ORDER],
    }
    new = 0
    with connection.cursor() as cursor:
        for statement in (ORDERS, DAYS):
            cursor.execute(INSERT.format(rows=statement), facts)
            new += cursor.rowcount
    return new
