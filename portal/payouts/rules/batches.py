"""Who prepares, approves and sends payouts, and which answer of the bank can be true."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Flaw, Verdict, conflict, flawless, forbidden
from portal.parties.models import Membership
from portal.payouts.fields import BatchFields, ResultFields
from portal.payouts.models import BankTemplate, Batch, Item
from portal.payouts.states import ENDED, BatchStatus, ItemStatus, Route

PURPOSE = 60
MOST_REASON = 300
TAKEN_FROM = (BatchStatus.APPROVED, BatchStatus.SENT, BatchStatus.DONE)


def can_see_batches(actor: Actor) -> Verdict:
    if actor.has_perm("payouts.view_batch"):
        return ALLOWED
    return forbidden(_("Only the platform's finance people and auditors see payout batches."))


def can_prepare_batch(actor: Actor) -> Verdict:
    if actor.has_perm("payouts.prepare_batch"):
        return ALLOWED
    return forbidden(_("Only those who prepare payments make payout batches."))


def can_approve_batch(actor: Actor, batch: Batch) -> Verdict:
    """A second person, and nobody who is paid by it."""
    if not actor.has_perm("payouts.approve_batch"):
        return forbidden(_("Only those who check payments approve payout batches."))
    if actor.user_id is not None and actor.user_id == batch.prepared_by_id:
        return forbidden(_("Who prepared a batch does not approve it; a second person must."))
    if batch.status != BatchStatus.PREPARED:
        return conflict(_("This batch is not waiting for a second person."))
    own = Membership.objects.filter(user=actor.user_id, party__payouts__batch=batch)
    if actor.user_id is not None and own.exists():
        return forbidden(_("This batch pays a party of your own; somebody else approves it."))
    return ALLOWED


def can_cancel_batch(actor: Actor, batch: Batch) -> Verdict:
    """Either of the two, while nothing was booked."""
    if not (actor.has_perm("payouts.approve_batch") or actor.has_perm("payouts.prepare_batch")):
        return forbidden(_("Only those who prepare or check payments cancel payout batches."))
    if batch.status != BatchStatus.PREPARED:
        return conflict(_("This batch is not waiting for a second person."))
    return ALLOWED


def can_take_file(actor: Actor, batch: Batch) -> Verdict:
    if not actor.has_perm("payouts.send_batch"):
        return forbidden(_("Only those who send payments take bank files."))
    if batch.status not in TAKEN_FROM:
        return conflict(_("The bank file is made once the batch is approved."))
    return ALLOWED


def can_import_results(actor: Actor) -> Verdict:
    if actor.has_perm("payouts.send_batch"):
        return ALLOWED
    return forbidden(_("Only those who send payments bring the bank's answers in."))


def batch_is_sound(fields: BatchFields) -> Verdict:
    return flawless(flaws_of_batch(fields))


def flaws_of_batch(fields: BatchFields) -> Iterator[Flaw]:
    if not BankTemplate.objects.filter(code=fields.template, is_offered=True).exists():
        yield Flaw("template", _("Choose one from the list."))
    elif fields.only_requested and _is_direct(fields.template):
        sentence = _("Only order money is asked for; take the institution's file for it.")
        yield Flaw("only_requested", sentence)
    plain = fields.purpose.strip()
    if not plain or len(plain) > PURPOSE or not plain.isprintable():
        yield Flaw("purpose", _("One line of at most 60 characters; the bank prints it."))


def _is_direct(template: str) -> bool:
    return BankTemplate.objects.filter(code=template, route=Route.DIRECT).exists()


def flaws_of_reason(reason: str) -> Iterator[Flaw]:
    if not reason.strip():
        yield Flaw("reason", _("Say why; your colleagues read it."))
    elif len(reason) > MOST_REASON:
        yield Flaw("reason", _("At most 300 characters."))


def flaws_of_result(item: Item | None, fields: ResultFields) -> Iterator[Flaw]:
    """`item`: the transfer it is about, with its batch."""
    if item is None:
        yield Flaw("key", _("No transfer of this batch has this number."))
        return
    if item.status in ENDED and not is_known(item, fields):
        yield Flaw("status", _("The bank's answer is known already, and it was another one."))
    elif item.status not in (ItemStatus.PAYING, *ENDED) or item.batch.sent_at is None:
        yield Flaw("key", _("This transfer was not sent."))
    elif not clock.day_of(item.batch.sent_at) <= fields.on <= clock.today():
        yield Flaw("on", _("Between the day it was sent and today."))
    yield from _flaws_of_amount(item, fields)
    if fields.status == ItemStatus.REJECTED and not fields.reason.strip():
        yield Flaw("reason", _("Say why the bank returned it; the party reads it."))


def _flaws_of_amount(item: Item, fields: ResultFields) -> Iterator[Flaw]:
    if fields.status == ItemStatus.PAID and fields.amount_fen != item.amount_fen:
        yield Flaw("amount", _("What arrived is not what was sent. Say “in part”, or correct it."))
    elif fields.status == ItemStatus.PARTIAL and not 0 < fields.amount_fen < item.amount_fen:
        yield Flaw("amount", _("A part is more than nothing and less than what was sent."))
    elif fields.status == ItemStatus.REJECTED and fields.amount_fen:
        yield Flaw("amount", _("Of what was returned nothing arrived: leave the amount empty."))


def is_known(item: Item, fields: ResultFields) -> bool:
    """Whether the bank said this before: then nothing changes."""
    arrived = 0 if fields.status == ItemStatus.REJECTED else fields.amount_fen
    return item.status == fields.status and item.paid_fen == arrived
