"""Whether pools, their rows, claims, coupons and the books say the same."""

from __future__ import annotations

from django.db import connection

from portal.core.verifying import Check

# Each finds what differs: a key, what is written, what it should be.
CHECKS = {
    "pools and their rows": """
        SELECT pool.id, ARRAY[budget, reserved, granted, used], coalesce(sums, '{0,0,0,0}')
        FROM rewards_pool pool LEFT JOIN LATERAL (
            SELECT ARRAY[
                sum(CASE kind WHEN 'budget' THEN amount ELSE 0 END),
                sum(CASE kind WHEN 'reserve' THEN amount WHEN 'release' THEN -amount
                    WHEN 'grant' THEN -amount ELSE 0 END),
                sum(CASE kind WHEN 'grant' THEN amount WHEN 'expire' THEN -amount
                    WHEN 'revoke' THEN -amount ELSE 0 END),
                sum(CASE kind WHEN 'use' THEN amount ELSE 0 END)
            ]::bigint[] AS sums FROM rewards_poolentry
            WHERE pool_id = pool.id HAVING count(*) > 0
        ) entry ON true
        WHERE ARRAY[budget, reserved, granted, used] <> coalesce(sums, '{0,0,0,0}')
    """,
    "pools and claims put aside": """
        SELECT pool.id, pool.reserved, kept.sum FROM rewards_pool pool CROSS JOIN LATERAL (
            SELECT coalesce(sum(claim.amount), 0) AS sum FROM rewards_claim claim
            JOIN rewards_task task ON task.id = claim.task_id
            WHERE task.pool_id = pool.id AND claim.standing = 'reserved'
        ) kept
        WHERE pool.reserved <> kept.sum
    """,
    "places of tasks": """
        SELECT task.id, task.taken, kept.n FROM rewards_task task CROSS JOIN LATERAL (
            SELECT count(*) AS n FROM rewards_claim claim
            WHERE claim.task_id = task.id AND claim.standing IN ('reserved', 'granted')
        ) kept
        WHERE task.taken <> kept.n
    """,
    "coupons and their uses": """
        SELECT coupon.id, coupon.used, spent.sum FROM rewards_coupon coupon CROSS JOIN LATERAL (
            SELECT coalesce(sum(amount), 0) AS sum FROM rewards_couponuse
            WHERE coupon_id = coupon.id
        ) spent
        WHERE coupon.used <> spent.sum
    """,
    "cash granted and the books": """
        SELECT claim.party_id, sum(entry.amount), sum(granted.amount)
        FROM rewards_claim claim
        JOIN rewards_task task ON task.id = claim.task_id AND task.unit = 'cash'
        CROSS JOIN LATERAL (
            SELECT CASE WHEN claim.standing = 'granted' THEN claim.amount ELSE 0 END AS amount
        ) granted
        CROSS JOIN LATERAL (
            SELECT coalesce(sum(leg.amount), 0) AS amount
            FROM ledger_journal journal
            JOIN ledger_entry leg ON leg.journal_id = journal.id
            JOIN ledger_account account ON account.id = leg.account_id AND account.kind = 'reward'
            WHERE journal.cause_type = 'reward' AND journal.cause_id = claim.id::text
        ) entry
        WHERE claim.rewarded_at IS NOT NULL
        GROUP BY claim.party_id HAVING sum(entry.amount) <> sum(granted.amount)
    """,
}


def verification() -> list[Check]:
    return [Check(name, _differing(statement)) for name, statement in CHECKS.items()]


def _differing(statement: str) -> dict[str, tuple[object, object]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return {str(key): (said, should) for key, said, should in cursor.fetchall()}
