"""The journal of one statement, for programs that are not ours: the party's own accounts, and one
account for whoever is on the other side, whose shares are not this party's to read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

from portal.core.clock import day_of
from portal.ledger.engine import BookAccount, BookEntry, Books, BookTransaction, account_name
from portal.ledger.fields import month_after
from portal.settlement.models import Statement
from portal.settlement.selectors.shown_lines import OWN, asked, floor_of

OTHERS, CARRIED = "Equity:Others", "Equity:Carried-in"
UNIT = "CNY"
JOURNALS = f"""
    WITH {OWN}
    SELECT own.journal_id, own.kind, own.amount, own.part, journal.key, journal.occurred_at,
        journal.posted_at, journal.period, journal.text
    FROM own JOIN ledger_journal journal ON journal.id = own.journal_id
    ORDER BY own.journal_id, own.entry_id
"""  # noqa: S608 - put together from constants


def books_of_statement(statement: Statement) -> Books:
    """At its end the share holds the statement's total, as the file asserts."""
    rows = asked(JOURNALS, floor_of(statement))
    accounts = _accounts(statement, rows)
    first = min((row[7] for row in rows), default=statement.month)
    start = first - timedelta(days=1)
    told = [_transaction(list(legs), accounts) for _key, legs in groupby(rows, key=itemgetter(0))]
    if statement.carried_in:
        told.insert(0, _carried(statement, accounts, start))
    return Books(
        start=start,
        end=max([month_after(statement.month), *(month_after(row[7]) for row in rows)]),
        accounts=list(accounts.values()),
        transactions=told,
    )


def _accounts(statement: Statement, rows: Sequence[Any]) -> dict[str, BookAccount]:
    sums: dict[str, int] = defaultdict(int)
    for row in rows:
        sums[row[1]] += row[2]
    sums["share"] += statement.carried_in
    party = (statement.party_id, statement.party.name)
    found = {
        kind: BookAccount(account_name(kind, "settled", party), UNIT, amount)
        for kind, amount in sums.items()
    }
    moved = sum(row[2] for row in rows)
    found[OTHERS] = BookAccount(OTHERS, UNIT, -moved)
    if statement.carried_in:
        found[CARRIED] = BookAccount(CARRIED, UNIT, -statement.carried_in)
    return found


def _transaction(legs: Sequence[Any], accounts: dict[str, BookAccount]) -> BookTransaction:
    number, _kind, _amount, _part, key, occurred_at, posted_at, period, text = legs[0]
    entries = [BookEntry(accounts[leg[1]], leg[2], leg[3]) for leg in legs]
    if rest := -sum(leg[2] for leg in legs):
        entries.append(BookEntry(accounts[OTHERS], rest, ""))
    last = month_after(period) - timedelta(days=1)
    return BookTransaction(
        number=number,
        key=key,
        day=min(max(day_of(occurred_at), period), last),
        occurred=day_of(occurred_at),
        posted=day_of(posted_at),
        text=text,
        entries=entries,
    )


def _carried(statement: Statement, accounts: dict[str, BookAccount], day: Any) -> BookTransaction:
    before = statement.previous
    assert before is not None  # noqa: S101 - else nothing was carried in
    return BookTransaction(
        number=0,
        key=f"statement/{before.number}",
        day=day,
        occurred=day,
        posted=day,
        text=before.number,
        entries=[
            BookEntry(accounts["share"], statement.carried_in, ""),
            BookEntry(accounts[CARRIED], -statement.carried_in, ""),
        ],
    )
