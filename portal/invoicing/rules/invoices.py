"""Who hands invoices in, and who decides about those that do not fit."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Flaw, Verdict, conflict, forbidden, unmet
from portal.invoicing.engine import HARD
from portal.invoicing.models import Invoice, InvoiceDue
from portal.invoicing.states import WAITING, InvoiceStatus
from portal.parties.rules import is_member
from portal.parties.states import PAYING

MOST_FILES = 20
MOST_DUES = 200  # looked through for one file
MOST_NOTE = 300


def can_list_invoices(actor: Actor) -> Verdict:
    """Those who handle the party's money."""
    if actor.party is None:
        return forbidden(_("Register a party first."))
    return _handles_money(actor)


def _handles_money(actor: Actor) -> Verdict:
    if actor.role not in PAYING:
        return forbidden(_("Only the owner and the finance people see the party's money."))
    return ALLOWED


def can_see_invoices(actor: Actor) -> Verdict:
    """Of the platform."""
    if actor.has_perm("invoicing.view_invoicedue"):
        return ALLOWED
    return forbidden(_("Only the platform's finance people and auditors see its invoices."))


def can_hand_in(actor: Actor) -> Verdict:
    """Invoices of the party one speaks for."""
    if not (verdict := can_list_invoices(actor)):
        return verdict
    assert actor.party is not None  # noqa: S101 - the rule above has seen to it
    if not actor.party.uscc:
        return unmet(_("A natural person hands in no invoices here; tax is withheld instead."))
    return ALLOWED


def can_hand_in_for(actor: Actor, due: InvoiceDue) -> Verdict:
    if not actor.speaks_for(due.issuer_id):
        return forbidden(_("The issuer hands its invoice in."))
    if not (verdict := can_hand_in(actor)):
        return verdict
    if due.status not in WAITING:
        return conflict(_("No invoice is due: %(state)s.") % {"state": due.get_status_display()})
    return ALLOWED


def can_judge(actor: Actor, invoice: Invoice) -> Verdict:
    """The side that was sent it; for the platform its finance people."""
    due = invoice.due
    if due.recipient_id is None:
        if not actor.has_perm("invoicing.judge_invoice"):
            return forbidden(_("Only the platform's finance people decide about its invoices."))
        if is_member(actor.user, due.issuer):
            return forbidden(_("Nobody decides about a party of their own."))
    elif not actor.speaks_for(due.recipient_id):
        return forbidden(_("The recipient decides about an invoice that does not fit."))
    elif not (verdict := _handles_money(actor)):
        return verdict
    if invoice.status != InvoiceStatus.RECEIVED:
        state = invoice.get_status_display()
        return conflict(_("This invoice is: %(state)s.") % {"state": state})
    return ALLOWED


def can_accept_invoice(actor: Actor, invoice: Invoice) -> Verdict:
    """In spite of small differences; somebody else's number or another sum stays refused."""
    if not (verdict := can_judge(actor, invoice)):
        return verdict
    if any(one["code"] in HARD for one in invoice.differences):
        return conflict(_("It is of another party or another sum. Return it."))
    left = invoice.due.left_fen
    if invoice.inclusive_fen * left <= 0 or abs(invoice.inclusive_fen) > abs(left):
        return conflict(_("Less than this is still due. Return it."))
    return ALLOWED


def flaws_of_note(note: str) -> Iterator[Flaw]:
    if not note.strip():
        yield Flaw("note", _("Please fill this in."))
    if len(note) > MOST_NOTE:
        yield Flaw("note", _("At most 300 characters."))
