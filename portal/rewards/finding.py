"""Looking for the signs of `engine.fraud` in what is known of claims: their orders, when their
records happened, and who shares a person or a payout account with another claimant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from portal.rewards.engine import Evidence, Order, marks_of
from portal.rewards.models import Claim
from portal.rewards.services.counting import COUNTED
from portal.rewards.signs import Found, register_signs

FOUND = """
    FROM rewards_claim claim
    JOIN rewards_task task ON task.id = claim.task_id
    JOIN rewards_programme programme ON programme.id = task.programme_id
    JOIN rewards_taskstep step ON step.task_id = task.id
    JOIN rewards_steprecord record ON {counted}
    WHERE claim.id = ANY(%(claims)s)
""".replace("{counted}", COUNTED)
# Orders of a claim are those its records name: `line:<line>:<party>`.
ORDERS = """
    SELECT DISTINCT claim.id, line.id, line.buyer, line.paid_at, (
        SELECT max(event.occurred_at) FROM revenue_orderevent event
        WHERE event.line_id = line.id AND event.kind = 'refunded'
            AND line.refunded_fen >= line.paid_fen)
    FROM (SELECT claim.id, record.ref {found} AND record.event = 'order'
        AND record.ref LIKE 'line:%%' OFFSET 0) AS claim(id, ref)
    JOIN revenue_orderline line ON line.id = split_part(claim.ref, ':', 2)::bigint
"""
# What a day's feed sums up stands at the day's end and is no burst; single records are looked at.
RECORDS = """
    SELECT DISTINCT claim.id, record.id, record.at {found} AND record.ref NOT LIKE 'day:%%'
"""
# Whoever works for both, and accounts that both are paid to, were, or want to be.
SHARED = """
    WITH asked AS (
        SELECT id, task_id, party_id FROM rewards_claim WHERE id = ANY(%(claims)s)
    ), near AS (
        SELECT asked.*, theirs.party_id AS other FROM asked
        JOIN parties_membership own ON own.party_id = asked.party_id
        JOIN parties_membership theirs ON theirs.user_id = own.user_id
        UNION
        SELECT asked.*, theirs.party_id FROM asked
        JOIN parties_payoutaccount own ON own.party_id = asked.party_id
        JOIN parties_payoutaccount theirs ON theirs.number_print = own.number_print
        WHERE own.status IN ('entered', 'in_use', 'replaced')
            AND theirs.status IN ('entered', 'in_use', 'replaced')
    )
    SELECT near.id, count(DISTINCT near.other)
    FROM near
    JOIN rewards_claim claim ON claim.task_id = near.task_id AND claim.party_id = near.other
    WHERE near.other <> near.party_id
    GROUP BY 1
"""


@register_signs
def signs_in_records(claims: Sequence[Claim]) -> dict[UUID, list[Found]]:
    """In three statements, however many claims."""
    keys = [claim.pk for claim in claims]
    orders: defaultdict[UUID, list[Order]] = defaultdict(list)
    for key, _line, buyer, paid_at, refunded_at in _rows(ORDERS, keys):
        orders[key].append(Order(buyer, paid_at, refunded_at))
    recorded: defaultdict[UUID, list[datetime]] = defaultdict(list)
    for key, _record, at in _rows(RECORDS, keys):
        recorded[key].append(at)
    shared: dict[UUID, int] = dict(_rows(SHARED, keys))
    found = {
        key: [
            Found(mark.sign.value, mark.value, mark.threshold, mark.of)
            for mark in marks_of(Evidence(orders[key], recorded[key], shared.get(key, 0)))
        ]
        for key in keys
    }
    return {key: signs for key, signs in found.items() if signs}


def _rows(statement: str, claims: Sequence[UUID]) -> Iterable[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement.replace("{found}", FOUND), {"claims": list(claims)})
        return cursor.fetchall()
