"""All of the books, read at one moment and in the order they were written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db import connection, transaction

from portal.core.clock import day_of
from portal.ledger.engine import BookAccount, BookEntry, Books, BookTransaction, account_name
from portal.ledger.engine.books import unit_of
from portal.ledger.fields import month_after
from portal.ledger.models import Account, Entry, Journal
from portal.ledger.selectors.balances import balances

AT_ONCE = 5_000
COLUMNS = (
    *("journal_id", "account_id", "amount", "part", "journal__key", "journal__occurred_at"),
    *("journal__posted_at", "journal__period", "journal__text"),
)


@contextmanager
def whole_books() -> Iterator[Books]:
    """Within the block, which sees one moment however long it takes; transactions can be read once.
    Inside a transaction that has begun already, that one's own view counts."""
    is_first = not connection.in_atomic_block
    with transaction.atomic():
        if is_first:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        months = Journal.objects.order_by("period").values_list("period", flat=True)
        first, last = months.first(), months.last()
        if first is None or last is None:
            yield Books(start=date.min, end=date.min, accounts=[], transactions=[])
            return
        accounts = _accounts()
        yield Books(
            start=first,
            end=month_after(last),
            accounts=list(accounts.values()),
            transactions=_transactions(accounts),
        )


def _accounts() -> dict[int, BookAccount]:
    parties = dict(Account.objects.values_list("pk", "party__name"))
    return {
        one.account_id: BookAccount(
            account_name(
                one.kind,
                one.track,
                None if one.party_id is None else (one.party_id, parties[one.account_id]),
            ),
            unit_of(one.currency, one.track),
            one.amount,
        )
        for one in balances()
    }


def _transactions(accounts: dict[int, BookAccount]) -> Iterator[BookTransaction]:
    """By journal; a page of journals at a time, since an index has the legs of each together."""
    last = 0
    while numbers := list(
        Journal.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]
    ):
        rows = Entry.objects.filter(journal__in=numbers).order_by("journal", "id")
        for _number, legs in groupby(rows.values_list(*COLUMNS), key=itemgetter(0)):
            yield _transaction(list(legs), accounts)
        last = numbers[-1]


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
