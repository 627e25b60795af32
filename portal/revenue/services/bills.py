"""Bills by date: raised as papers say, proved by who pays, found in the bank by finance."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.files import attach_file, store_file, take_file
from portal.core.models import StoredFile
from portal.core.money import Money
from portal.core.verdict import Refused, conflict, flawless, unmet
from portal.parties.services import tell_party
from portal.revenue import rules
from portal.revenue.bill_states import BILL_TRANSITIONS, BillKind, BillStatus, StepKind
from portal.revenue.files import PROOF
from portal.revenue.models import Agreement, BankRow, Bill, BillStep
from portal.revenue.services.bill_postings import post_bill, release_bill

Source = UploadedFile | uuid.UUID  # a file, or the id of one's own upload


@transaction.atomic
def call_bill(actor: Actor, *, agreement: Agreement, code: str, note: str) -> Bill:
    """The payee calls for a part that its paper leaves to them, such as a kill fee."""
    agreement = Agreement.objects.select_for_update(of=("self",), no_key=True).get(pk=agreement.pk)
    today = clock.today()  # an ended paper's parts are called, too: a kill fee is due at the end
    version = agreement.versions.filter(status="accepted").order_by("-number").first()
    parts = version.terms.invoice_components if version else ()
    component = next((one for one in parts if one.code == code), None)
    if version is None or component is None:
        raise Refused(unmet(_("The agreement has no such part.")))
    rules.can_call_bill(actor, agreement, component).require()
    flawless(rules.flaws_of_note(note)).require()
    called = Bill.objects.filter(agreement=agreement, code=code)
    if called.exclude(status=BillStatus.WAIVED).exists():
        raise Refused(conflict(_("This was called for already.")))
    bill = Bill(
        agreement=agreement,
        version=version,
        code=code,
        key=today.isoformat(),
        kind=BillKind(component.kind),
        payer=agreement.party_of(component.payer),
        payee=agreement.party_of(component.party),
        amount_fen=component.amount_fen,
        due_on=today + timedelta(days=component.due.days),
    )
    return raise_bill(actor, bill, note=note.strip())


def raise_bill(actor: Actor, bill: Bill, *, note: str = "") -> Bill:
    """Write a new bill, into the books, too. Within a transaction of the caller's."""
    bill.raised_at = clock.now()
    bill.save(force_insert=True)
    _step(actor, bill, StepKind.RAISED, note=note)
    post_bill(actor, bill)
    audit.record(actor, "raise_bill", bill, after=_said(bill), why=note)
    sentence = gettext_noop("%(amount)s for “%(what)s” is due on %(day)s (%(other)s).")
    _tell(actor, bill, "raised", sentence)
    return bill


@transaction.atomic
def request_invoice(actor: Actor, *, bill: Bill) -> Bill:
    bill = _lock(bill)
    rules.can_request_invoice(actor, bill).require()
    _step(actor, bill, StepKind.REQUESTED)
    audit.record(actor, "request_invoice", bill, after=_said(bill))
    _tell(
        actor, bill, "invoice_asked", gettext_noop("%(other)s asks for the invoice of “%(what)s”.")
    )
    return bill


@transaction.atomic
def issue_invoice(actor: Actor, *, bill: Bill, number: str, file: Source | None = None) -> Bill:
    """Again: another invoice in place of the one before, which stays on record."""
    bill = _lock(bill)
    rules.can_issue_invoice(actor, bill).require()
    flawless(rules.flaws_of_invoice(number)).require()
    kept = _kept(actor, bill.payee_id, file) if file is not None else None
    _step(actor, bill, StepKind.INVOICED, number=number.strip(), file=kept)
    audit.record(actor, "issue_invoice", bill, after=_said(bill) | {"number": number.strip()})
    sentence = gettext_noop("%(other)s issued the invoice of “%(what)s”.")
    _tell(actor, bill, "invoiced", sentence)
    return bill


@transaction.atomic
def prove_payment(actor: Actor, *, bill: Bill, file: Source, paid_on: date, note: str = "") -> Bill:
    """The payer shows the receipt; finance looks for the payment in the bank's rows."""
    bill = _lock(bill)
    rules.can_prove_payment(actor, bill).require()
    flawless(rules.flaws_of_payment(paid_on)).require()
    kept = _kept(actor, bill.payer_id, file)
    bill.paid_on = paid_on
    _step(actor, bill, StepKind.PROVED, note=note.strip()[:300], file=kept)
    _change_status(actor, bill, BillStatus.PROVED, "prove_payment")
    sentence = gettext_noop("%(other)s says that “%(what)s” (%(amount)s) is paid.")
    _tell(actor, bill, "proved", sentence)
    return bill


@transaction.atomic
def return_proof(actor: Actor, *, bill: Bill, note: str) -> Bill:
    """The payment was not found, or did not come: it is to be paid again."""
    bill = _lock(bill)
    is_receipt = bill.kind == BillKind.ONWARD
    rule = rules.can_judge_receipt if is_receipt else rules.can_look_for_payment
    rule(actor, bill).require()
    flawless(rules.flaws_of_note(note)).require()
    bill.paid_on = None
    _step(actor, bill, StepKind.RETURNED, note=note.strip())
    _change_status(actor, bill, BillStatus.OPEN, "return_proof", why=note.strip())
    sentence = gettext_noop("The payment of “%(what)s” was not found: %(note)s")
    _tell(actor, bill, "returned", sentence, note=note.strip()[:150])
    return bill


@transaction.atomic
def match_bill(actor: Actor, *, bill: Bill, row: BankRow) -> Bill:
    """The bank's row is this payment: the bill is paid, and out of the books."""
    bill = _lock(bill)
    _queue_for(row)
    rules.can_match_bill(actor, bill, row).require()
    bill.bank_row, bill.paid_on = row, row.booked_on
    return _pay(actor, bill, "match_bill", note=str(row))


@transaction.atomic
def confirm_receipt(actor: Actor, *, bill: Bill) -> Bill:
    """Who is paid onward says that it came."""
    bill = _lock(bill)
    rules.can_judge_receipt(actor, bill).require()
    return _pay(actor, bill, "confirm_receipt")


def _pay(actor: Actor, bill: Bill, verb: str, *, note: str = "") -> Bill:
    _step(actor, bill, StepKind.PAID, note=note)
    _change_status(actor, bill, BillStatus.PAID, verb)
    release_bill(actor, bill)
    _tell(actor, bill, "paid", gettext_noop("“%(what)s” (%(amount)s, %(other)s) is paid."))
    return bill


@transaction.atomic
def waive_bill(actor: Actor, *, bill: Bill, note: str) -> Bill:
    """The payee no longer asks for it."""
    bill = _lock(bill)
    rules.can_waive_bill(actor, bill).require()
    flawless(rules.flaws_of_note(note)).require()
    _step(actor, bill, StepKind.WAIVED, note=note.strip())
    _change_status(actor, bill, BillStatus.WAIVED, "waive_bill", why=note.strip())
    release_bill(actor, bill)
    _tell(actor, bill, "waived", gettext_noop("%(other)s waives “%(what)s” (%(amount)s)."))
    return bill


@transaction.atomic
def tell_late(actor: Actor, bill: Bill) -> bool:
    """Once, the day after it was due; whether it was told now."""
    bill = _lock(bill)
    if not bill.is_late or bill.steps.filter(kind=StepKind.LATE).exists():
        return False
    _step(actor, bill, StepKind.LATE)
    audit.record(actor, "tell_late_bill", bill, after={"due_on": bill.due_on})
    sentence = gettext_noop("“%(what)s” (%(amount)s, %(other)s) was due on %(day)s and is late.")
    _tell(actor, bill, "late", sentence)
    return True


def _change_status(
    actor: Actor, bill: Bill, status: BillStatus, verb: str, *, why: str = ""
) -> None:
    if status not in BILL_TRANSITIONS[bill.status]:
        raise Refused(conflict(_("This is not possible in the bill's present state.")))
    before, bill.status = bill.status, status
    if status in (BillStatus.PAID, BillStatus.WAIVED):
        bill.ended_at = clock.now()
    bill.save(update_fields=["status", "paid_on", "ended_at", "bank_row"])
    audit.record(actor, verb, bill, before={"status": before}, after=_said(bill), why=why)


def _step(actor: Actor, bill: Bill, kind: StepKind, **facts: Any) -> None:
    BillStep.objects.create(
        bill=bill, kind=kind, at=clock.now(), person=actor.user, party=actor.party, **facts
    )


def _said(bill: Bill) -> dict[str, Any]:
    return {
        "part": bill.title,
        "kind": bill.kind,
        "amount_fen": bill.amount_fen,
        "due_on": bill.due_on,
        "status": bill.status,
    }


def _lock(bill: Bill) -> Bill:
    rows = Bill.objects.select_for_update(of=("self",), no_key=True).select_related(
        "payer", "payee"
    )
    return rows.get(pk=bill.pk)


def _queue_for(row: BankRow) -> None:
    """One after the other until the transaction ends. The row itself is only added to, so the
    site's role cannot lock it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"bank_row/{row.pk}"]
        )


def _kept(actor: Actor, party_id: int, file: Source) -> StoredFile:
    if isinstance(file, uuid.UUID):
        return take_file(actor, file_id=file, purpose=PROOF)
    stored = store_file(actor, upload=file, purpose=PROOF, party_id=party_id)
    return attach_file(actor, file=stored)


def _tell(actor: Actor, bill: Bill, event: str, sentence: str, **params: str) -> None:
    """The side that did not act; both, where the clock or finance did."""
    steps = bill.steps.count()
    for party in (bill.payer, bill.payee):
        if actor.speaks_for(party.pk):
            continue
        tell_party(
            party,
            event=f"bill.{event}",
            key=f"bill-{event}:{bill.pk}:{steps}:{party.pk}",
            sentence=sentence,
            params={
                "other": bill.other_side(party.pk).name,
                "what": bill.title,
                "amount": Money(bill.amount_fen).short,
                "day": bill.due_on.isoformat(),
                **params,
            },
            url=bill.get_absolute_url(),
        )
