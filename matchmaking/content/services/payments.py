"""The fee: shown as paid, confirmed, and what became of its bill elsewhere."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from matchmaking.content import rules, states
from matchmaking.content.fees import bill_of, proof_of
from matchmaking.content.files import PROOF
from matchmaking.content.models import ContentOrder
from matchmaking.content.services.changes import change_status, lock_order, tell_other
from matchmaking.content.services.pieces import close_order
from matchmaking.content.states import OrderStatus
from portal.core import clock
from portal.core.actor import Actor
from portal.core.files import store_file, take_file
from portal.core.models import StoredFile
from portal.core.verdict import Flaw, flawless
from portal.revenue.bill_states import BillStatus
from portal.revenue.models import Bill
from portal.revenue.services import prove_payment

MOST = 500


@transaction.atomic
def show_payment(
    actor: Actor, *, order: ContentOrder, paid_on: date, proof: UploadedFile | UUID
) -> ContentOrder:
    """The merchant shows that it paid, and with that its bill; finance looks for it in the bank's
    rows. `proof`: a file, or the id of one's own upload of the purpose `bill-proof`."""
    order = lock_order(order)
    rules.can_show_payment(actor, order).require()
    if paid_on > clock.today():
        flawless([Flaw("paid_on", _("Not in the future."))]).require()
    order.proof, order.paid_on = _shown(actor, order, paid_on, proof), paid_on
    order.due_at = clock.now() + states.ANSWER_WITHIN
    change_status(actor, order, OrderStatus.PAID, "show_payment")
    sentence = gettext_noop("%(other)s paid for “%(title)s”. Confirm that it arrived.")
    tell_other(actor, order, "paid", sentence)
    return order


def _shown(
    actor: Actor, order: ContentOrder, paid_on: date, proof: UploadedFile | UUID
) -> StoredFile:
    bill = bill_of(order)
    if bill is not None and bill.status == BillStatus.OPEN:
        prove_payment(actor, bill=bill, file=proof, paid_on=paid_on)
        return proof_of(bill)
    if isinstance(proof, UploadedFile):  # of an order that is older than its bill would be
        proof = store_file(actor, upload=proof, purpose=PROOF, party_id=actor.party_id).pk
    return take_file(actor, file_id=proof, purpose=PROOF)


@transaction.atomic
def confirm_payment(actor: Actor, *, order: ContentOrder) -> ContentOrder:
    order = lock_order(order)
    rules.can_confirm_payment(actor, order).require()
    close_order(actor, order, "confirm_payment")
    sentence = gettext_noop("%(other)s confirmed the payment of “%(title)s”.")
    tell_other(actor, order, "closed", sentence)
    return order


def follow_bills(actor: Actor) -> int:
    """What became of a fee's bill on its own page, or at finance's; how many orders changed."""
    waiting = ContentOrder.objects.filter(status__in=[OrderStatus.APPROVED, OrderStatus.PAID])
    keys = list(waiting.order_by("due_at").values_list("pk", flat=True)[:MOST])
    return sum(_follow(actor, pk) for pk in keys)


@transaction.atomic
def _follow(actor: Actor, pk: Any) -> bool:
    order = lock_order(ContentOrder.objects.get(pk=pk))
    bill = bill_of(order)
    if bill is None or order.status not in (OrderStatus.APPROVED, OrderStatus.PAID):
        return False
    if bill.status in (BillStatus.PAID, BillStatus.WAIVED):
        close_order(actor, order, "close_content")
        return True
    return _follow_proof(actor, order, bill)


def _follow_proof(actor: Actor, order: ContentOrder, bill: Bill) -> bool:
    """Shown on the bill's page; or looked for, not found, and to be paid again."""
    is_shown = bill.status == BillStatus.PROVED
    if is_shown == (order.status == OrderStatus.PAID):
        return False
    order.proof = proof_of(bill) if is_shown else None
    order.paid_on = bill.paid_on
    order.due_at = clock.now() + (states.ANSWER_WITHIN if is_shown else states.PAY_WITHIN)
    status = OrderStatus.PAID if is_shown else OrderStatus.APPROVED
    change_status(actor, order, status, "show_payment" if is_shown else "return_payment")
    return True
