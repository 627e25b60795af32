"""The fee of a content order is a bill of its cooperation's paper."""

from __future__ import annotations

from matchmaking.content import states
from matchmaking.content.models import ContentOrder
from matchmaking.cooperation.models import ONCE
from portal.core import clock
from portal.core.actor import Actor
from portal.core.models import StoredFile
from portal.revenue.bill_states import BillKind, StepKind
from portal.revenue.models import Bill
from portal.revenue.services import raise_once


def raise_fee(actor: Actor, order: ContentOrder) -> bool:
    """With the approval, once: the fee that is agreed on by then. False where none is."""
    cooperation = order.cooperation
    assert cooperation is not None  # noqa: S101 - it was accepted
    if not cooperation.monthly_fee_fen:
        return False
    bill = Bill(
        agreement=cooperation.agreement,
        code=ONCE,
        kind=BillKind.PIT_FEE,
        payer=order.merchant,
        payee=order.maker,
        amount_fen=cooperation.monthly_fee_fen,
        due_on=clock.day_of(clock.now() + states.PAY_WITHIN),
    )
    raise_once(actor, bill)
    return True


def bill_of(order: ContentOrder) -> Bill | None:
    """None before the approval, and of what is paid by its orders alone."""
    if order.cooperation is None:
        return None
    return Bill.objects.filter(agreement=order.cooperation.agreement_id, code=ONCE).first()


def proof_of(bill: Bill) -> StoredFile:
    """What was shown last."""
    step = bill.steps.filter(kind=StepKind.PROVED).latest("pk")
    assert step.file is not None  # noqa: S101 - the database's constraint
    return step.file
