"""Invoices to the platform: for what an approved statement made payable."""

from __future__ import annotations

from django.db import transaction

from portal.core import clock
from portal.core.actor import Actor
from portal.invoicing.models import InvoiceDue
from portal.invoicing.selectors import Tables, payee_of, read_tables
from portal.invoicing.services.dues import MOST, raise_due
from portal.invoicing.states import INVOICING
from portal.parties.states import PartyKind
from portal.settlement.models import Statement


def raise_statement_dues(actor: Actor) -> int:
    """Of firms that were paid for services; how many are new. What a merchant is paid is its own
    sales, whose buyers have its invoices. Later refunds lessen the next statement, and its invoice
    with it."""
    rows = Statement.objects.filter(approved_at__lte=clock.now(), released__gt=0, invoice_due=None)
    rows = rows.exclude(party__kind=PartyKind.MERCHANT).exclude(party__uscc="")
    tables = read_tables()
    waiting = rows.select_related("party").order_by("pk")[:MOST]
    return sum(_raise_statement_due(actor, statement, tables) for statement in waiting)


@transaction.atomic
def _raise_statement_due(actor: Actor, statement: Statement, tables: Tables) -> bool:
    """Two beats at once make one: they wait for the statement."""
    list(Statement.objects.select_for_update(of=("self",), no_key=True).filter(pk=statement.pk))
    payee = payee_of(statement.party, clock.today())
    if payee.kind not in INVOICING or InvoiceDue.objects.filter(statement=statement).exists():
        return False
    due = InvoiceDue(
        issuer=statement.party,
        statement=statement,
        month=statement.month,
        title=statement.number,
        amount_fen=statement.released,
    )
    raise_due(actor, due, payee, statement.approved_at or clock.now(), tables)
    return True
