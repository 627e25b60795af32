"""Invoices that become due: of bills whose invoice was asked for or that are paid."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.money import Money
from portal.core.verdict import Refused, conflict
from portal.invoicing.models import InvoiceDue
from portal.invoicing.selectors import Payee, Tables, payee_of, read_tables
from portal.invoicing.states import (
    DUE_TRANSITIONS,
    INVOICING,
    VAT_OF,
    DueStatus,
)
from portal.ledger.fields import month_of
from portal.parties.models import Party
from portal.parties.services import tell_party
from portal.revenue.bill_states import BillKind, BillStatus, StepKind
from portal.revenue.models import Bill, BillStep

MOST = 500


def raise_bill_dues(actor: Actor) -> int:
    """For bills whose payer asked for the invoice, and those that are paid; how many are new."""
    now = clock.now()
    asked = BillStep.objects.filter(bill=OuterRef("pk"), kind=StepKind.REQUESTED, at__lte=now)
    paid = Q(status=BillStatus.PAID, ended_at__lte=now)
    rows = Bill.objects.filter(Q(Exists(asked)) | paid, invoice_due=None)
    rows = rows.exclude(status=BillStatus.WAIVED)
    rows = rows.exclude(kind__in=[BillKind.ONWARD, BillKind.REFUND]).exclude(payee__uscc="")
    tables = read_tables()
    bills = rows.select_related("payer", "payee").order_by("raised_at", "pk")[:MOST]
    return sum(_raise_bill_due(actor, bill, tables) for bill in bills)


@transaction.atomic
def _raise_bill_due(actor: Actor, bill: Bill, tables: Tables) -> bool:
    """Two beats at once make one: they wait for the bill."""
    list(Bill.objects.select_for_update(of=("self",), no_key=True).filter(pk=bill.pk))
    payee = payee_of(bill.payee, clock.today())
    if payee.kind not in INVOICING or InvoiceDue.objects.filter(bill=bill).exists():
        return False
    asked = bill.steps.filter(kind=StepKind.REQUESTED).order_by("pk").first()
    asked_at = asked.at if asked is not None else bill.ended_at or clock.now()
    due = InvoiceDue(
        issuer=bill.payee,
        recipient=bill.payer,
        bill=bill,
        month=month_of(bill.raised_at),
        title=bill.title[:80],
        amount_fen=bill.amount_fen,
    )
    raise_due(actor, due, payee, asked_at, tables)
    return True


def raise_due(
    actor: Actor, due: InvoiceDue, payee: Payee, asked_at: datetime, tables: Tables
) -> InvoiceDue:
    """Write a new one and tell who issues it. Within a transaction of the caller's. The rate is
    compared only where the issuer said how it counts its tax."""
    day = clock.day_of(asked_at)
    due.asked_at = asked_at
    due.due_on = day + timedelta(days=tables.invoice_days(day))
    if payee.is_said:
        table = tables.on(VAT_OF[payee.taxpayer], due.month)
        due.rate_bp = getattr(table, "rate_bp", None)
    due.save(force_insert=True)
    audit.record(actor, "raise_invoice_due", due, after=said_of(due))
    sentence = gettext_noop("Issue the invoice of “%(what)s” over %(amount)s until %(day)s.")
    tell_side(due.issuer, due, "asked", sentence)
    return due


def follow_refunds(actor: Actor) -> int:
    """What came back, or was waived after its invoice, is taken back by a red letter."""
    waived = Q(bill__status=BillStatus.WAIVED) & Q(red_fen__lt=F("amount_fen"))
    refunded = Q(bill__refund__status=BillStatus.PAID) & Q(
        red_fen__lt=F("bill__refund__amount_fen")
    )
    rows = InvoiceDue.objects.filter(waived | refunded).order_by("pk")
    return sum(_follow_refund(actor, due) for due in rows[:MOST])


@transaction.atomic
def _follow_refund(actor: Actor, due: InvoiceDue) -> bool:
    due = lock_due(due)
    assert due.bill is not None
    refund = Bill.objects.filter(refunds=due.bill, status=BillStatus.PAID).first()
    back = refund.amount_fen if refund is not None else 0
    if due.bill.status == BillStatus.WAIVED:
        back = due.amount_fen
    return take_back(actor, due, back)


def take_back(actor: Actor, due: InvoiceDue, back_fen: int) -> bool:
    """So much of a locked due came back in all; whether that is news."""
    back_fen = min(back_fen, due.amount_fen)
    if back_fen <= due.red_fen:
        return False
    before, due.red_fen = said_of(due), back_fen
    change_status(actor, due, "refund_invoice_due", before)
    if due.status == DueStatus.RED:
        sentence = gettext_noop(
            "Money of “%(what)s” came back: issue a red-letter invoice over %(amount)s."
        )
        tell_side(due.issuer, due, "red", sentence, amount=Money(-due.left_fen).short)
    return True


def change_status(actor: Actor, due: InvoiceDue, verb: str, before: dict[str, object]) -> None:
    """The status is what the sums say; the database looks at it again."""
    status = _status_of(due)
    if status != due.status and status not in DUE_TRANSITIONS[due.status]:
        raise Refused(conflict(_("This is not possible in the invoice's present state.")))
    due.status = status
    due.save(update_fields=["red_fen", "matched_fen", "reversed_fen", "status"])
    audit.record(actor, verb, due, before=before, after=said_of(due))


def _status_of(due: InvoiceDue) -> DueStatus:
    if due.left_fen:
        return DueStatus.ASKED if due.left_fen > 0 else DueStatus.RED
    return DueStatus.VOID if due.red_fen == due.amount_fen else DueStatus.MATCHED


def tell_late_dues(actor: Actor) -> int:
    """Remind who issues, once, the day after it was due."""
    rows = InvoiceDue.objects.late().filter(told_late_at=None).order_by("due_on", "pk")
    return sum(_tell_late(actor, due) for due in rows[:MOST])


@transaction.atomic
def _tell_late(actor: Actor, due: InvoiceDue) -> bool:
    due = lock_due(due)
    if not due.is_late or due.told_late_at is not None:
        return False
    due.told_late_at = clock.now()
    due.save(update_fields=["told_late_at"])
    audit.record(actor, "remind_invoice_due", due, after={"due_on": due.due_on})
    sentence = gettext_noop("The invoice of “%(what)s” was due on %(day)s and is missing.")
    tell_side(due.issuer, due, "late", sentence)
    return True


def lock_due(due: InvoiceDue) -> InvoiceDue:
    rows = InvoiceDue.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("issuer", "recipient", "bill").get(pk=due.pk)


def said_of(due: InvoiceDue) -> dict[str, object]:
    return {
        "for": due.title,
        "amount_fen": due.amount_fen,
        "red_fen": due.red_fen,
        "matched_fen": due.matched_fen,
        "reversed_fen": due.reversed_fen,
        "status": due.status,
    }


def tell_side(party: Party, due: InvoiceDue, event: str, sentence: str, **params: str) -> None:
    tell_party(
        party,
        event=f"invoice.{event}",
        key=f"invoice-{event}:{due.pk}:{due.red_fen}:{due.matched_fen}:{params.get('number', '')}",
        sentence=sentence,
        params={
            "what": due.title,
            "amount": Money(due.amount_fen).short,
            "day": due.due_on.isoformat(),
            **params,
        },
        url=due.get_absolute_url(),
    )
