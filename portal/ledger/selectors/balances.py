"""What is on accounts: the checkpoint and the tail behind it, read in one statement and so at one
moment. No row of a balance exists that a posting would have to wait for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.db import connection

from portal.core.clock import SHANGHAI
from portal.ledger.models import Account
from portal.ledger.states import Kind, Track

EDGE = "coalesce((SELECT upto FROM ledger_watermark), '0'::xid8)"
ONE = f"""
    SELECT coalesce((SELECT amount FROM ledger_checkpoint WHERE account_id = %(account)s), 0)
      + coalesce((SELECT sum(amount) FROM ledger_entry
                  WHERE account_id = %(account)s AND xact >= {EDGE}), 0)::bigint
"""  # noqa: S608 - put together from constants
ALL = f"""
    SELECT account.id, account.party_id, account.kind, account.track, account.currency,
        coalesce(known.amount, 0) + coalesce(tail.amount, 0)::bigint
    FROM ledger_account account
    LEFT JOIN ledger_checkpoint known ON known.account_id = account.id
    CROSS JOIN (SELECT {EDGE} AS upto) edge
    CROSS JOIN LATERAL (
        SELECT sum(entry.amount) AS amount FROM ledger_entry entry
        WHERE entry.account_id = account.id AND entry.xact >= edge.upto
    ) tail
"""  # noqa: S608 - put together from constants
AS_OF = """
    SELECT coalesce(sum(entry.amount), 0)::bigint
    FROM ledger_entry entry JOIN ledger_journal journal ON journal.id = entry.journal_id
    WHERE entry.account_id = %(account)s AND journal.{column} <= %(moment)s
"""
TRIAL = """
    SELECT account.id, account.party_id, account.kind, account.track, account.currency,
        coalesce(sum(entry.amount) FILTER (WHERE journal.period < %(since)s), 0)::bigint,
        coalesce(sum(entry.amount) FILTER (WHERE journal.period >= %(since)s), 0)::bigint
    FROM ledger_account account
    JOIN ledger_entry entry ON entry.account_id = account.id
    JOIN ledger_journal journal ON journal.id = entry.journal_id
    WHERE journal.period <= %(until)s
    GROUP BY account.id ORDER BY account.id
"""


class Balance(NamedTuple):
    """What an account holds, in fen. A plain tuple: there may be a great many."""

    account_id: int
    party_id: int | None
    kind: str  # of `Kind`
    track: str  # of `Track`
    currency: str
    amount: int


@dataclass(frozen=True, slots=True)
class Month:
    """An account's balance before a month, and what the month changed; in fen."""

    account_id: int
    party_id: int | None
    kind: Kind
    track: Track
    currency: str
    before: int
    change: int

    @property
    def after(self) -> int:
        return self.before + self.change


def balance(account_id: int) -> int:
    """Fen on the account now."""
    with connection.cursor() as cursor:
        cursor.execute(ONE, {"account": account_id})
        return int(cursor.fetchone()[0])


def balances() -> list[Balance]:
    """Of all accounts, at one moment."""
    return _balances(ALL, [])


def balances_of(party_id: int) -> list[Balance]:
    """Of a party's accounts, at one moment."""
    return _balances(f"{ALL} WHERE account.party_id = %s", [party_id])


def amounts_of(kind: Kind, parties: Collection[int] | None = None) -> dict[int, int]:
    """Settled fen of one kind by party, of all of them or of these, at one moment."""
    where = f"{ALL} WHERE account.kind = %s AND account.track = %s AND account.party_id IS NOT NULL"
    values: list[Any] = [kind, Track.SETTLED]
    if parties is not None:
        where += " AND account.party_id = ANY(%s)"
        values.append(list(parties))
    return {one.party_id: one.amount for one in _balances(where, values) if one.party_id}


def held_by(party_id: int, kind: Kind) -> int | None:
    """Settled fen of one kind; None: the books know no such account of the party."""
    rows = Account.objects.filter(party=party_id, kind=kind, track=Track.SETTLED)
    key = rows.values_list("pk", flat=True).first()
    return None if key is None else balance(key)


def balance_occurred(account_id: int, moment: datetime) -> int:
    """What had happened by then, as far as is known today."""
    return _as_of("occurred_at", account_id, moment)


def balance_posted(account_id: int, moment: datetime) -> int:
    """What the books said then."""
    return _as_of("posted_at", account_id, moment)


def end_of(day: date) -> datetime:
    """Its last moment in Shanghai."""
    return datetime.combine(day + timedelta(days=1), time(), SHANGHAI) - timedelta.resolution


def trial_balance(month: date) -> list[Month]:
    """Every account with entries that count in this month or before."""
    with connection.cursor() as cursor:
        cursor.execute(TRIAL, {"since": month, "until": month})
        return [
            Month(key, party, Kind(kind), Track(track), currency, before, change)
            for key, party, kind, track, currency, before, change in cursor.fetchall()
        ]


def _balances(statement: str, values: Sequence[Any]) -> list[Balance]:
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} ORDER BY account.id", values)
        return [Balance(*row) for row in cursor.fetchall()]


def _as_of(column: str, account_id: int, moment: datetime) -> int:
    with connection.cursor() as cursor:
        statement = AS_OF.format(column=column)
        cursor.execute(statement, {"account": account_id, "moment": moment})
        return int(cursor.fetchone()[0])
