"""A day at the bank: what should have moved, and the rows that are here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from portal.reconciliation.claims import Payment, payments_of
from portal.reconciliation.engine import Movement
from portal.reconciliation.fields import Count, Finding, Sum
from portal.reconciliation.models import BankMatch
from portal.reconciliation.states import Basis, Between, DifferenceKind
from portal.revenue.models import BankRow

BOOKED_WITHIN = timedelta(days=1)  # a bank books in the evening, or on the next day
IN, OUT = "in", "out"


def movement_of(row: BankRow) -> Movement:
    return Movement(
        row.pk, row.booked_on, row.amount_fen, row.reference, row.counterparty, row.memo
    )


def count_bank(day: date) -> Count:
    """By the matches that stand; `services.match_rows` makes them."""
    payments, rows = payments_of(day, day), list(BankRow.objects.filter(booked_on=day))
    found = _matches(payments)
    taken = set(
        BankMatch.objects.filter(row__in=rows, ended_at=None).values_list("row_id", flat=True)
    )
    sound = [
        one.claim.amount
        for source, one in payments
        if (row := found.get((source, one.claim.key))) and row.amount_fen == one.claim.amount
    ]
    return Count(
        Basis.BOOKS,
        expected=_sum(one.claim.amount for _source, one in payments),
        arrived=_sum(row.amount_fen for row in rows),
        booked=_sum(row.amount_fen for row in rows if row.pk in taken),
        sound=_sum(sound),
        findings=[
            *(each for pair in payments for each in _of_payment(pair, found)),
            *(_of_row(row) for row in rows if row.pk not in taken),
        ],
    )


def _matches(payments: Iterable[tuple[str, Payment]]) -> dict[tuple[str, str], BankRow]:
    keys = [one.claim.key for _source, one in payments]
    rows = BankMatch.objects.filter(key__in=keys, ended_at=None).select_related("row")
    return {(match.source, match.key): match.row for match in rows}


def _sum(amounts: Iterable[int]) -> Sum:
    moved = [abs(amount) for amount in amounts]
    return Sum(len(moved), sum(moved))


def _of_payment(
    pair: tuple[str, Payment], found: dict[tuple[str, str], BankRow]
) -> Iterator[Finding]:
    source, payment = pair
    claim, row = payment.claim, found.get((source, payment.claim.key))
    about: dict[str, Any] = {
        "key": f"{source}/{claim.key}",
        "subject": payment.title[:200],
        "expected_fen": claim.amount,
        "url": payment.url,
    }
    if row is None:
        yield _of(DifferenceKind.MISSING, expected=_way(claim.amount), **about)
        return
    about |= {"found_fen": row.amount_fen, "bank_row_id": row.pk}
    if _way(row.amount_fen) != _way(claim.amount):
        ways = {"expected": _way(claim.amount), "found": _way(row.amount_fen)}
        yield _of(DifferenceKind.STATUS, **ways, **about)
    elif row.amount_fen != claim.amount:
        yield _of(DifferenceKind.AMOUNT, **about)
    if abs(row.booked_on - claim.day) > BOOKED_WITHIN:
        days = {"expected": claim.day.isoformat(), "found": row.booked_on.isoformat()}
        yield _of(DifferenceKind.TIMING, **days, **about)


def _of_row(row: BankRow) -> Finding:
    subject = " · ".join(part for part in (row.reference, row.counterparty, row.memo) if part)
    return _of(
        DifferenceKind.EXTRA,
        key=f"row/{row.pk}",
        subject=subject[:200],
        found_fen=row.amount_fen,
        found=_way(row.amount_fen),
        bank_row_id=row.pk,
    )


def _way(amount: int) -> str:
    return IN if amount > 0 else OUT


def _of(kind: DifferenceKind, **values: Any) -> Finding:
    return Finding(Between.BANK, kind, **values)
