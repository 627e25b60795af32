"""Moving the checkpoints on, and making them anew where transactions are counted from the start."""

from __future__ import annotations

from django.db import connection, connections, transaction

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.ledger.models import Watermark

# The two statements of a move stand apart: the second one's snapshot is taken under the lock.
BEGIN = """
    INSERT INTO ledger_watermark (id, upto, moved_at) VALUES (1, '0', %s) ON CONFLICT DO NOTHING
"""
LOCK = "SELECT upto::text FROM ledger_watermark FOR UPDATE"
MOVE = """
    WITH edge AS MATERIALIZED (SELECT pg_snapshot_xmin(pg_current_snapshot()) AS upto),
    sums AS (
        SELECT account.id, tail.amount
        FROM edge, ledger_account account CROSS JOIN LATERAL (
            SELECT sum(amount) AS amount FROM ledger_entry entry
            WHERE entry.account_id = account.id
              AND entry.xact >= %(since)s::xid8 AND entry.xact < edge.upto
        ) tail
        WHERE tail.amount IS NOT NULL
    ), moved AS (
        INSERT INTO ledger_checkpoint AS known (account_id, amount) SELECT id, amount FROM sums
        ON CONFLICT (account_id) DO UPDATE SET amount = known.amount + EXCLUDED.amount
        RETURNING 1
    ), marked AS (
        UPDATE ledger_watermark SET upto = edge.upto, moved_at = %(at)s FROM edge
    )
    SELECT count(*) FROM moved
"""
# 2 is the id that PostgreSQL gives to no transaction, and older than every one.
REWRITE = """
    LOCK ledger_journal, ledger_entry, ledger_watermark, ledger_checkpoint IN ACCESS EXCLUSIVE MODE;
    DELETE FROM ledger_checkpoint;
    DELETE FROM ledger_watermark;
    UPDATE ledger_journal SET xact = '2';
    UPDATE ledger_entry SET xact = '2';
"""


@transaction.atomic
def move_checkpoints(actor: Actor) -> int:
    """Take everything that is final into the checkpoints. Returns how many accounts moved."""
    with connection.cursor() as cursor:
        moment = clock.now()
        cursor.execute(BEGIN, [moment])
        cursor.execute(LOCK)
        (since,) = cursor.fetchone()
        cursor.execute(MOVE, {"since": since, "at": moment})
        (moved,) = cursor.fetchone()
        return int(moved)


def rewrite_checkpoints(actor: Actor) -> int:
    """After a restore into a new cluster, whose transactions are counted from the start: what was
    restored counts as older than all of them. As the tables' owner; nobody posts meanwhile."""
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(REWRITE)
    moved = move_checkpoints(actor)
    audit.record(actor, "rewrite_checkpoints", Watermark.objects.get(), after={"accounts": moved})
    return moved
