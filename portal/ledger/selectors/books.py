"""All of the books as they are at one moment, in the order they were written.

The moment is a snapshot's name, asked of every page, and not a transaction held open: reading a
million journals takes a while, and a job has to show meanwhile that it lives.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db import connection

from portal.core.clock import day_of
from portal.ledger.engine import BookAccount, BookEntry, Books, BookTransaction, account_name
from portal.ledger.engine.books import unit_of
from portal.ledger.fields import month_after

AT_ONCE = 5_000
NOW = "SELECT pg_current_snapshot()::text"
SEEN = """(
    pg_visible_in_snapshot({row}.xact, %(moment)s::pg_snapshot)
    OR {row}.xact = pg_current_xact_id_if_assigned()
)"""
MONTHS = f"""
    SELECT min(journal.period), max(journal.period) FROM ledger_journal journal
    WHERE {SEEN.format(row="journal")}
"""  # noqa: S608 - put together from constants
ACCOUNTS = f"""
    SELECT account.id, account.kind, account.track, account.currency, party.id, party.name,
        coalesce(sum(entry.amount), 0)::bigint
    FROM ledger_account account
    LEFT JOIN parties_party party ON party.id = account.party_id
    LEFT JOIN ledger_entry entry
        ON entry.account_id = account.id AND {SEEN.format(row="entry")}
    GROUP BY account.id, party.id ORDER BY account.id
"""  # noqa: S608 - put together from constants
PAGE = f"""
    SELECT journal.id, entry.account_id, entry.amount, entry.part, journal.key,
        journal.occurred_at, journal.posted_at, journal.period, journal.text
    FROM (
        SELECT * FROM ledger_journal journal
        WHERE journal.id > %(last)s AND {SEEN.format(row="journal")}
        ORDER BY journal.id LIMIT %(most)s
    ) journal JOIN ledger_entry entry ON entry.journal_id = journal.id
    ORDER BY journal.id, entry.id
"""  # noqa: S608 - put together from constants


def whole_books() -> Books:
    """Accounts with what they hold, and every journal; the journals can be read once."""
    ((moment,),) = _rows(NOW, {})
    ((first, last),) = _rows(MONTHS, {"moment": moment})
    if first is None:
        return Books(start=date.min, end=date.min, accounts=[], transactions=[])
    accounts = {
        key: BookAccount(
            account_name(kind, track, None if party is None else (party, name)),
            unit_of(currency, track),
            amount,
        )
        for key, kind, track, currency, party, name, amount in _rows(ACCOUNTS, {"moment": moment})
    }
    return Books(
        start=first,
        end=month_after(last),
        accounts=list(accounts.values()),
        transactions=_transactions(moment, accounts),
    )


def _transactions(moment: str, accounts: dict[int, BookAccount]) -> Iterator[BookTransaction]:
    last = 0
    while rows := _rows(PAGE, {"moment": moment, "last": last, "most": AT_ONCE}):
        for _number, legs in groupby(rows, key=itemgetter(0)):
            yield _transaction(list(legs), accounts)
        last = rows[-1][0]


def _transaction(legs: list[Any], accounts: dict[int, BookAccount]) -> BookTransaction:
    number, _account, _amount, _part, key, occurred_at, posted_at, period, text = legs[0]
    return BookTransaction(
        number=number,
        key=key,
        day=_within(day_of(occurred_at), period),
        occurred=day_of(occurred_at),
        posted=day_of(posted_at),
        text=text,
        entries=[BookEntry(accounts[leg[1]], leg[2], leg[3]) for leg in legs],
    )


def _within(day: date, month: date) -> date:
    """The day of the month nearest to the day."""
    return min(max(day, month), month_after(month) - timedelta(days=1))


def _rows(statement: str, values: dict[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()
