"""Invoices as they come: read, compared with what is due, matched; or decided about by who was
sent them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.files import attach_file, open_bytes, store_file, take_file
from portal.core.models import StoredFile
from portal.core.verdict import Flaw, Refused, conflict, flawless
from portal.invoicing import engine, rules, selectors
from portal.invoicing.engine import HARD, Difference, ReadInvoice, Unreadable, Wanted
from portal.invoicing.engine.einvoice import MOST_BYTES
from portal.invoicing.models import Invoice, InvoiceDue, InvoiceLine
from portal.invoicing.services.dues import change_status, lock_due, said_of, tell_side
from portal.invoicing.states import INVOICE_TRANSITIONS, PURPOSE, InvoiceStatus
from portal.parties.models import Party
from portal.revenue.services import issue_invoice

Source = UploadedFile | uuid.UUID  # a file, or the id of one's own upload
Differences = list[tuple[Difference, str, str]]
KEPT_OF_A_PERSON = 4  # signs of a number that may be an ID card's


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What became of one file of several: the invoice, or why it was not taken."""

    name: str
    invoice: Invoice | None
    refusal: str


def hand_in_all(actor: Actor, *, files: Sequence[UploadedFile]) -> list[HandedIn]:
    """Each file by itself: one that is wrong keeps none of the others back."""
    rules.can_hand_in(actor).require()
    if len(files) > rules.MOST_FILES:
        sentence = _("At most %(n)s files at once.") % {"n": rules.MOST_FILES}
        raise Refused(flawless([Flaw("files", sentence)]))
    found = []
    for file in files:
        name = (file.name or "")[:80]
        try:
            found.append(HandedIn(name, hand_in(actor, file=file), ""))
        except Refused as refused:
            found.append(HandedIn(name, None, str(refused.verdict.reason)))
    return found


@transaction.atomic
def hand_in(actor: Actor, *, file: Source, due: InvoiceDue | None = None) -> Invoice:
    """An invoice for what is due, or for whichever of the party's it fits best. What fits is
    matched at once; small differences wait for the other side; somebody else's number or another
    sum is refused, and nothing is kept."""
    if due is not None:
        rules.can_hand_in_for(actor, due).require()
    rules.can_hand_in(actor).require()
    assert actor.party is not None
    stored = (
        take_file(actor, file_id=file, purpose=PURPOSE) if isinstance(file, uuid.UUID) else None
    )
    read = _read(_bytes_of(file, stored))
    _is_ours(actor.party, read)
    due, found = _best(actor.party, read, due)
    stored = stored or _stored(actor, file, due)
    invoice = _write(actor, due, read, found, stored)
    if due.bill is not None and not read.reverses:
        issue_invoice(actor, bill=due.bill, number=read.number)  # its course shows it, too
    if not found:
        _count(actor, due, invoice)
    elif due.recipient is not None:
        sentence = gettext_noop("Invoice %(number)s of “%(what)s” differs; look at it.")
        tell_side(due.recipient, due, "differs", sentence, number=read.number)
    return invoice


def _bytes_of(file: Source, stored: StoredFile | None) -> bytes:
    if stored is not None:
        with open_bytes(stored) as content:
            return content.read(MOST_BYTES + 1)
    assert isinstance(file, UploadedFile)
    file.seek(0)
    data: bytes = file.read(MOST_BYTES + 1)
    file.seek(0)
    return data


def _read(data: bytes) -> ReadInvoice:
    try:
        return engine.read_invoice(data)
    except Unreadable as error:
        sentence = selectors.unreadable_in_words(error)
        raise Refused(flawless([Flaw("file", sentence)])) from error


def _is_ours(party: Party, read: ReadInvoice) -> None:
    if read.seller_tax != party.uscc:
        sentence = _("This invoice was issued by another party (%(number)s).")
        raise Refused(flawless([Flaw("file", sentence % {"number": read.seller_tax})]))
    standing = Invoice.objects.exclude(status=InvoiceStatus.RETURNED)
    if standing.filter(number=read.number).exists():
        raise Refused(conflict(_("Invoice %(n)s was handed in already.") % {"n": read.number}))


def _best(
    party: Party, read: ReadInvoice, due: InvoiceDue | None
) -> tuple[InvoiceDue, Differences]:
    """The locked due that fits best, oldest first, with what does not fit."""
    waiting = InvoiceDue.objects.waiting().filter(issuer=party)
    if due is not None:
        waiting = InvoiceDue.objects.filter(pk=due.pk)
    keys = waiting.order_by("due_on", "pk").values_list("pk", flat=True)
    locked = [lock_due(InvoiceDue(pk=key)) for key in keys[: rules.MOST_DUES]]
    rated = [(one, list(engine.differences(read, wanted_of(one)))) for one in locked]
    if not rated:
        raise Refused(conflict(_("No invoice of yours is due.")))
    best, found = min(rated, key=lambda pair: _weight(pair[1]))
    if HARD & {one[0] for one in found}:
        sentences = [selectors.difference_in_words(*one) for one in found]
        raise Refused(flawless(Flaw("file", sentence) for sentence in sentences))
    return best, found


def _weight(found: Differences) -> tuple[int, int]:
    return sum(one[0] in HARD for one in found), len(found)


def wanted_of(due: InvoiceDue) -> Wanted:
    """What an invoice for this must say."""
    name, number = _buyer(due.recipient)
    blue = due.invoices.filter(status=InvoiceStatus.MATCHED, inclusive_fen__gt=0)
    return Wanted(
        seller_name=due.issuer.legal_name,
        seller_tax=due.issuer.uscc,
        buyer_name=name,
        buyer_tax=number,
        left_fen=due.left_fen,
        rate_bp=due.rate_bp,
        since=min(due.month, clock.day_of(due.asked_at)),
        until=clock.today(),
        blue=frozenset(blue.values_list("number", flat=True)) if due.left_fen < 0 else frozenset(),
    )


def _buyer(recipient: Party | None) -> tuple[str, str]:
    if recipient is not None:
        return recipient.legal_name, recipient.uscc
    title = selectors.title_on(clock.today())
    return (title.name, title.tax_number) if title is not None else ("", "")


def _stored(actor: Actor, file: Source, due: InvoiceDue) -> StoredFile:
    assert isinstance(file, UploadedFile)
    is_personal = due.recipient is not None and not due.recipient.uscc
    kept = store_file(
        actor, upload=file, purpose=PURPOSE, party_id=due.issuer_id, personal=is_personal
    )
    return attach_file(actor, file=kept)


def _write(
    actor: Actor, due: InvoiceDue, read: ReadInvoice, found: Differences, file: StoredFile
) -> Invoice:
    now = clock.now()
    is_person = due.recipient is not None and not due.recipient.uscc
    invoice = Invoice(
        due=due,
        number=read.number,
        is_special=read.is_special,
        issued_on=read.issued_on,
        seller_name=read.seller_name,
        seller_tax=read.seller_tax[:20],
        buyer_name=read.buyer_name,
        buyer_tax=masked(read.buyer_tax) if is_person else read.buyer_tax[:20],
        exclusive_fen=read.exclusive,
        tax_fen=read.tax,
        inclusive_fen=read.inclusive,
        reverses=read.reverses,
        differences=[{"code": code, "says": says, "wants": wants} for code, says, wants in found],
        status=InvoiceStatus.RECEIVED if found else InvoiceStatus.MATCHED,
        file=file,
        received_at=now,
        received_by=actor.user,
        decided_at=None if found else now,
    )
    try:
        with transaction.atomic():
            invoice.save(force_insert=True)
    except IntegrityError as error:  # the same file in two windows
        raise Refused(
            conflict(_("Invoice %(n)s was handed in already.") % {"n": read.number})
        ) from error
    InvoiceLine.objects.bulk_create(
        InvoiceLine(
            invoice=invoice,
            name=item.name,
            exclusive_fen=item.exclusive,
            rate_bp=item.rate_bp,
            tax_fen=item.tax,
        )
        for item in read.items
    )
    audit.record(actor, "hand_in_invoice", due, after=_facts(invoice))
    return invoice


def masked(number: str) -> str:
    """A natural person's, of which the last signs stay."""
    return f"****{number[-KEPT_OF_A_PERSON:]}" if number else ""


def _count(actor: Actor, due: InvoiceDue, invoice: Invoice) -> None:
    """It counts toward what is due, or against it."""
    before = said_of(due)
    if invoice.inclusive_fen > 0:
        due.matched_fen += invoice.inclusive_fen
    else:
        due.reversed_fen -= invoice.inclusive_fen
    change_status(actor, due, "match_invoice", before)


@transaction.atomic
def accept_invoice(actor: Actor, *, invoice: Invoice, note: str) -> Invoice:
    """In spite of its differences, for a reason that stays on record."""
    due, invoice = _lock(invoice)
    rules.can_accept_invoice(actor, invoice).require()
    flawless(rules.flaws_of_note(note)).require()
    _decide(actor, due, invoice, InvoiceStatus.MATCHED, "accept_invoice", note)
    _count(actor, due, invoice)
    sentence = gettext_noop("Invoice %(number)s of “%(what)s” was accepted.")
    tell_side(due.issuer, due, "accepted", sentence, number=invoice.number)
    return invoice


@transaction.atomic
def return_invoice(actor: Actor, *, invoice: Invoice, note: str) -> Invoice:
    """The issuer hands in another one; this one stays on record."""
    due, invoice = _lock(invoice)
    rules.can_judge(actor, invoice).require()
    flawless(rules.flaws_of_note(note)).require()
    _decide(actor, due, invoice, InvoiceStatus.RETURNED, "return_invoice", note)
    sentence = gettext_noop("Invoice %(number)s of “%(what)s” was returned: %(note)s")
    tell_side(due.issuer, due, "returned", sentence, number=invoice.number, note=note[:150])
    return invoice


def _lock(invoice: Invoice) -> tuple[InvoiceDue, Invoice]:
    """The due first, as everywhere."""
    due = lock_due(invoice.due)
    locked = Invoice.objects.select_for_update(no_key=True).get(pk=invoice.pk)
    locked.due = due
    return due, locked


def _decide(
    actor: Actor, due: InvoiceDue, invoice: Invoice, status: InvoiceStatus, verb: str, note: str
) -> None:
    if status not in INVOICE_TRANSITIONS[invoice.status]:
        raise Refused(conflict(_("This is not possible in the invoice's present state.")))
    invoice.status, invoice.note = status, note.strip()
    invoice.decided_by, invoice.decided_at = actor.user, clock.now()
    invoice.save(update_fields=["status", "note", "decided_by", "decided_at"])
    audit.record(actor, verb, due, after=_facts(invoice), why=note.strip())


def _facts(invoice: Invoice) -> dict[str, Any]:
    return {
        "number": invoice.number,
        "inclusive_fen": invoice.inclusive_fen,
        "tax_fen": invoice.tax_fen,
        "issued_on": date.isoformat(invoice.issued_on),
        "status": invoice.status,
        "differences": [one["code"] for one in invoice.differences],
    }
