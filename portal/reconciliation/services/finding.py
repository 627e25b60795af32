"""Statements whose payment was found at the bank."""

from __future__ import annotations

from django.db.models import CharField, Exists, F, OuterRef, QuerySet
from django.db.models.functions import Cast

from portal.core.actor import Actor
from portal.payouts.models import Item, Part
from portal.reconciliation.models import BankMatch
from portal.reconciliation.payouts import ARRIVED, SOURCE
from portal.settlement.models import Statement
from portal.settlement.services import mark_reconciled
from portal.settlement.states import StatementStatus


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
