"""Which entries a statement covers: the one place that says it, as SQL.

A statement covers the entries of its party's share and of what is held of it (settled track) that
count in a month up to `until_month`, and those that the snapshot `cut` sees and that were posted by
`cut_at`. What makes money payable is no entry of a statement. A snapshot tells what was committed
when it was taken; the time holds it in place where a restored cluster counts anew.
"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from django.db import connection

from portal.settlement.states import RELEASE

# `{by}` names the row with until_month, cut and cut_at; any of them may be null.
COVERED = """(
    coalesce(journal.period <= {by}.until_month, false)
    OR coalesce(
        pg_visible_in_snapshot(journal.xact, {by}.cut::pg_snapshot)
        AND journal.posted_at <= {by}.cut_at, false)
)"""
# Accounts of parties, the last statement of each, and the entries that none covers yet. The floor
# keeps what closed months hold out of the way: no entry that is not covered is older.
FLOOR = """
    SELECT coalesce(min(xact)::text, '0') FROM ledger_journal WHERE period > %(after)s
"""
ACCOUNTS = """
    accounts AS (
        SELECT id, party_id, kind FROM ledger_account
        WHERE party_id = ANY(%(parties)s) AND track = 'settled' AND currency = 'CNY'
          AND kind IN ('share', 'held')
    ), before AS (
        SELECT DISTINCT ON (party_id) id, party_id, until_month, cut, cut_at, carried_out,
            negative_since
        FROM settlement_statement WHERE party_id = ANY(%(parties)s) ORDER BY party_id, id DESC
    )
"""
UNCOVERED = f"""
    uncovered AS (
        SELECT accounts.party_id, accounts.kind, entry.amount, entry.part, journal.id AS journal_id,
            journal.key, journal.cause_type, journal.cause_id, journal.period, journal.xact,
            journal.posted_at
        FROM accounts
        JOIN ledger_entry entry
          ON entry.account_id = accounts.id AND entry.xact >= %(floor)s::xid8
        JOIN ledger_journal journal ON journal.id = entry.journal_id
        LEFT JOIN before ON before.party_id = accounts.party_id
        WHERE journal.cause_type <> '{RELEASE}'
          AND NOT {COVERED.format(by="before")}
    )
"""  # noqa: S608 - put together from constants
NOT_YET = f"""
    WITH {ACCOUNTS}, {UNCOVERED}
    SELECT kind, coalesce(sum(amount), 0)::bigint FROM uncovered GROUP BY kind
"""  # noqa: S608 - put together from constants
# Moves between share and held that came after the statement, of journals of lines that it covers.
HELD_SINCE = f"""
    WITH {ACCOUNTS}, {UNCOVERED}, moved AS (
        SELECT party_id, journal_id, cause_id,
            sum(amount) FILTER (WHERE kind = 'share') AS share,
            sum(amount) FILTER (WHERE kind = 'held') AS held
        FROM uncovered WHERE cause_type = 'order_event' GROUP BY 1, 2, 3
    )
    SELECT moved.party_id, -sum(moved.share)::bigint
    FROM moved
    JOIN before ON before.party_id = moved.party_id
    JOIN ledger_journal journal ON journal.key = 'order/' || moved.cause_id
    WHERE moved.share IS NOT NULL AND moved.held IS NOT NULL
      AND {COVERED.format(by="before")}
    GROUP BY moved.party_id
"""  # noqa: S608 - put together from constants


class Uncovered(NamedTuple):
    """Fen on a party's accounts that no statement covers yet."""

    share: int
    held: int


def floor_after(month: date | None) -> str:
    """The first transaction with an entry that counts after this month."""
    if month is None:
        return "0"
    with connection.cursor() as cursor:
        cursor.execute(FLOOR, {"after": month})
        return str(cursor.fetchone()[0])


def uncovered_of(party_id: int) -> Uncovered:
    found = dict(_rows(NOT_YET, {"parties": [party_id], "floor": "0"}))
    return Uncovered(found.get("share", 0), found.get("held", 0))


def held_since(parties: list[int], after: date | None) -> dict[int, int]:
    """By party: fen that open disputes took, since its last statement, of what that covers."""
    found = _rows(HELD_SINCE, {"parties": parties, "floor": floor_after(after)})
    return {party: max(fen, 0) for party, fen in found}


def _rows(statement: str, values: dict[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()
