"""Invoices to the platform: for what an approved statement made payable."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from portal.core import clock
from portal.core.actor import Actor
from portal.invoicing.engine import TakenBack, Told, taking_back
from portal.invoicing.models import InvoiceDue
from portal.invoicing.selectors import Tables, payee_of, read_tables
from portal.invoicing.services.dues import MOST, lock_due, raise_due, take_back
from portal.invoicing.states import INVOICING
from portal.parties.models import Party
from portal.parties.states import PartyKind
from portal.settlement.models import Statement

RECENT = timedelta(days=100)


def raise_statement_dues(actor: Actor) -> int:
    """Of firms that were paid for services; how many are new. What a merchant is paid is its own
    sales, whose buyers have its invoices. Refunds lessen their statement, and its invoice with it;
    what fell below zero is taken back (`follow_statements`), and invoiced again by what sets it
    off."""
    rows = Statement.objects.filter(approved_at__lte=clock.now(), invoice_due=None)
    reds = InvoiceDue.objects.filter(issuer=OuterRef("party"), red_fen__gt=0).exclude(
        statement=None
    )
    sets_off = Q(carried_in__lt=0, total__gt=F("carried_in")) & Exists(reds)
    rows = rows.filter(Q(released__gt=0) | sets_off)
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
    amount = statement.released
    if statement.carried_in < 0:
        amount += _taken_back(statement.party).again.get(statement.pk, 0)
    if not amount:
        return False
    due = InvoiceDue(
        issuer=statement.party,
        statement=statement,
        month=statement.month,
        title=statement.number,
        amount_fen=amount,
    )
    raise_due(actor, due, payee, statement.approved_at or clock.now(), tables)
    return True


def follow_statements(actor: Actor) -> int:
    """What fell below zero in the last months is taken back of the invoices before it; how many
    changed."""
    since = clock.now() - RECENT
    rows = Statement.objects.filter(negative_since__isnull=False, approved_at__gte=since)
    rows = rows.filter(party__invoices_to_issue__statement__isnull=False)
    parties = Party.objects.filter(pk__in=rows.values("party")).order_by("pk")
    return sum(_follow(actor, party) for party in parties[:MOST])


@transaction.atomic
def _follow(actor: Actor, party: Party) -> int:
    found = _taken_back(party)
    dues = InvoiceDue.objects.filter(statement__in=found.red).order_by("pk")
    return sum(
        take_back(actor, lock_due(due), found.red[due.statement_id])
        for due in dues
        if due.statement_id is not None and found.red[due.statement_id] > due.red_fen
    )


def _taken_back(party: Party) -> TakenBack:
    rows = Statement.objects.filter(party=party, approved_at__isnull=False).order_by("pk")
    told = rows.values_list("pk", "carried_in", "total", "released", "invoice_due__amount_fen")
    return taking_back(Told(*one) for one in told)
