"""Who does what with a bill."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core import clock
from portal.core.actor import SYSTEM, Actor
from portal.core.verdict import ALLOWED, Flaw, Verdict, conflict, forbidden
from portal.parties.rules import is_member
from portal.parties.states import PAYING
from portal.revenue.bill_states import BillKind, BillStatus
from portal.revenue.engine import BillWhen, InvoiceComponent
from portal.revenue.models import Agreement, BankRow, Bill

MOST_NOTE, MOST_NUMBER = 300, 40
NOT_ZERO = gettext_lazy("An amount other than zero, please.")


def can_list_bills(actor: Actor) -> Verdict:
    if actor.party is None:
        return forbidden(_("Register a party first."))
    return ALLOWED


def _acts_for(actor: Actor, party_id: int) -> Verdict:
    if not actor.speaks_for(party_id):
        return forbidden(_("The other side of the bill does this."))
    if actor.role not in PAYING:
        return forbidden(_("Only the owner, a manager or the party's finance may do this."))
    return ALLOWED


def _is(bill: Bill, status: BillStatus) -> Verdict:
    if bill.status == status:
        return ALLOWED
    sentence = _("This bill is: %(state)s.") % {"state": bill.get_status_display()}
    return conflict(sentence)


def can_request_invoice(actor: Actor, bill: Bill) -> Verdict:
    if not (verdict := _acts_for(actor, bill.payer_id)):
        return verdict
    if bill.status == BillStatus.WAIVED:
        return _is(bill, BillStatus.OPEN)
    if bill.steps.filter(kind="requested").exists():
        return conflict(_("The invoice was asked for already."))
    return ALLOWED


def can_issue_invoice(actor: Actor, bill: Bill) -> Verdict:
    if not (verdict := _acts_for(actor, bill.payee_id)):
        return verdict
    if bill.status == BillStatus.WAIVED:
        return _is(bill, BillStatus.OPEN)
    return ALLOWED


def can_prove_payment(actor: Actor, bill: Bill) -> Verdict:
    return _acts_for(actor, bill.payer_id) and _is(bill, BillStatus.OPEN)


def can_waive_bill(actor: Actor, bill: Bill) -> Verdict:
    return _acts_for(actor, bill.payee_id) and _is(bill, BillStatus.OPEN)


def can_judge_receipt(actor: Actor, bill: Bill) -> Verdict:
    """What is paid onward no bank of ours sees: who gets it says whether it came."""
    if bill.kind != BillKind.ONWARD:
        return conflict(_("Finance finds this payment in the bank's rows."))
    return _acts_for(actor, bill.payee_id) and _is(bill, BillStatus.PROVED)


def can_look_for_payment(actor: Actor, bill: Bill) -> Verdict:
    """Match it with a bank row, or return its proof."""
    if not actor.has_perm("revenue.match_bill"):
        return forbidden(_("Only the platform's finance people look for payments."))
    if any(is_member(actor.user, side) for side in (bill.payer, bill.payee)):
        return forbidden(_("Nobody decides about a party of their own."))
    if bill.kind == BillKind.ONWARD:
        return conflict(_("Who gets what is paid onward confirms it."))
    return _is(bill, BillStatus.PROVED)


def can_match_bill(actor: Actor, bill: Bill, row: BankRow) -> Verdict:
    if not (verdict := can_look_for_payment(actor, bill)):
        return verdict
    if row.imported_by_id is not None and row.imported_by_id == actor.user_id:
        return forbidden(_("Who brought a bank row in does not match it; a second person must."))
    if row.amount_fen != bill.amount_fen:
        return conflict(_("The bank row is of another amount."))
    if Bill.objects.filter(bank_row=row).exists():
        return conflict(_("This bank row belongs to another bill."))
    return ALLOWED


def can_import_bank_rows(actor: Actor) -> Verdict:
    if actor.role == SYSTEM or actor.has_perm("revenue.import_bankrow"):
        return ALLOWED
    return forbidden(_("Only the platform's finance people bring bank rows in."))


def can_call_bill(actor: Actor, agreement: Agreement, component: InvoiceComponent) -> Verdict:
    payee = agreement.party_of(component.party)
    if not (verdict := _acts_for(actor, payee.pk)):
        return verdict
    if component.due.when is not BillWhen.CALL:
        return conflict(_("This part is billed by its date."))
    return ALLOWED


def flaws_of_note(note: str) -> Iterator[Flaw]:
    if not note.strip():
        yield Flaw("note", _("Please fill this in."))
    if len(note) > MOST_NOTE:
        yield Flaw("note", _("At most 300 characters."))


def flaws_of_payment(paid_on: date) -> Iterator[Flaw]:
    if paid_on > clock.today():
        yield Flaw("paid_on", _("This day has not come yet."))


def flaws_of_invoice(number: str) -> Iterator[Flaw]:
    if not number.strip():
        yield Flaw("number", _("Please fill this in."))
    if len(number) > MOST_NUMBER:
        yield Flaw("number", _("At most 40 characters."))
