"""Statements whose payment was found at the bank, and the end of those of which nothing is open."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import CharField, Exists, F, OuterRef, QuerySet
from django.db.models.functions import Cast, TruncDate

from portal.core import clock
from portal.core.actor import Actor
from portal.payouts.models import Item, Part
from portal.reconciliation.models import BankMatch, Day, Difference
from portal.reconciliation.payouts import ARRIVED, SOURCE
from portal.reconciliation.services.telling import PATIENCE
from portal.reconciliation.states import Book
from portal.settlement.models import Statement
from portal.settlement.services import close_statement, mark_reconciled, unmark_reconciled
from portal.settlement.states import StatementStatus

MOST = 5_000  # in one sweep; the next takes the others


def mark_found(actor: Actor) -> int:
    """Each that is paid, and every transfer of which is a row of the bank with its amount. How
    many."""
    found = statements_found()
    for statement in found:
        mark_reconciled(actor, statement=statement)
    return len(found)


def statements_found() -> QuerySet[Statement]:
    row = BankMatch.objects.filter(
        source=SOURCE,
        key=Cast(OuterRef("pk"), CharField()),
        row__amount_fen=-1 * OuterRef("paid_fen"),
        ended_at=None,
    )
    lost = Item.objects.filter(status__in=ARRIVED).exclude(Exists(row))
    parts = Part.objects.filter(statement=OuterRef("pk"))
    paid = Statement.objects.filter(status=StatementStatus.PAID, paid_fen__gte=F("released"))
    return paid.filter(Exists(parts)).exclude(Exists(parts.filter(item__in=lost))).order_by("pk")


def lose_found(actor: Actor, match: BankMatch, why: str) -> None:
    """Its row was another payment's: what rests on it waits to be found again."""
    for statement in statements_by(match).filter(status=StatementStatus.RECONCILED).order_by("pk"):
        unmark_reconciled(actor, statement=statement, why=why)


def statements_by(match: BankMatch) -> QuerySet[Statement]:
    """Those that this payment pays."""
    if match.source != SOURCE:
        return Statement.objects.none()
    return Statement.objects.filter(payout_parts__item=int(match.key)).distinct()


def close_found(actor: Actor) -> int:
    """Found, and the bank's days of its transfers are over with nothing left to explain. How
    many."""
    found = statements_to_close()[:MOST]
    for statement in found:
        close_statement(actor, statement=statement)
    return len(found)


def statements_to_close() -> QuerySet[Statement]:
    days = days_done()
    row = BankMatch.objects.filter(
        source=SOURCE,
        key=Cast(OuterRef("item_id"), CharField()),
        row__booked_on__in=days,
        ended_at=None,
    )
    arrived = Part.objects.filter(statement=OuterRef("pk"), item__status__in=ARRIVED)
    arrived = arrived.annotate(day=TruncDate("item__ended_at", tzinfo=clock.SHANGHAI))
    waiting = arrived.exclude(Exists(row), day__in=days)
    found = Statement.objects.filter(status=StatementStatus.RECONCILED)
    return found.exclude(Exists(waiting)).order_by("pk")


def days_done() -> Collection[date]:
    """Of the bank: counted once its rows had time to come, and nothing of them is unresolved."""
    until = clock.today() - PATIENCE[Book.BANK]
    unresolved = Difference.objects.open().filter(day=OuterRef("pk"))
    counted = Day.objects.filter(book=Book.BANK, counted_at__isnull=False, day__lte=until)
    return list(counted.exclude(Exists(unresolved)).values_list("day", flat=True))
