"""Invoices that this side is to issue, and those it was sent that do not fit."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from portal.core.actor import Actor
from portal.core.money import Money
from portal.invoicing.models import Invoice, InvoiceDue
from portal.invoicing.states import DueStatus, InvoiceStatus
from portal.pages.todos import Todo, Waiting, dated
from portal.parties.states import PAYING

MOST = 20


def invoice_todos(actor: Actor) -> Iterator[Waiting]:
    """For those who handle the party's money."""
    if actor.party is None or actor.role not in PAYING:
        return
    dues = InvoiceDue.objects.waiting().filter(issuer=actor.party).order_by("due_on", "pk")
    amounts = ("amount_fen", "red_fen", "matched_fen", "reversed_fen")
    fields = ("status", "due_on", "title", *amounts)
    yield Waiting(dues[:MOST], _due, fields)
    received = Invoice.objects.filter(due__recipient=actor.party, status=InvoiceStatus.RECEIVED)
    rows = received.order_by("received_at", "pk")
    yield Waiting(rows[:MOST], _judge, ("inclusive_fen", "due__title", "due__issuer__name"))


def _due(due: InvoiceDue) -> Todo:
    is_red = due.status == DueStatus.RED
    title = _("Issue a red-letter invoice: %(what)s") if is_red else _("Issue an invoice: %(what)s")
    return dated(
        due.due_on,
        title=title % {"what": due.title},
        detail=Money(due.left_fen).short,
        url=due.get_absolute_url(),
        verb=_("Hand in"),
    )


def _judge(invoice: Invoice) -> Todo:
    return Todo(
        title=_("An invoice does not fit: %(what)s") % {"what": invoice.due.title},
        detail=f"{invoice.due.issuer.name} · {Money(invoice.inclusive_fen).short}",
        url=invoice.due.get_absolute_url(),
        verb=_("Look"),
    )
