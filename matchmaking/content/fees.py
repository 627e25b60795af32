"""The fee of a content order is a bill of its cooperation's paper."""

from __future__ import annotations

from matchmaking.content import states
from matchmaking.content.models import ContentOrder
from portal.core import clock
from portal.core.actor import Actor
from portal.core.models import StoredFile
from portal.revenue.bill_states import BillKind, StepKind
from portal.revenue.models import Bill
from portal.revenue.services import raise_once

FEE = "内容费"  # parts of a paper are named in Chinese


def raise_fee(actor: Actor, order: ContentOrder) -> None:
    """With the approval, once."""
    assert order.cooperation is not None  # noqa: S101 - it was accepted
    assert order.fee_fen is not None  # noqa: S101 - and quoted
    bill = Bill(
        agreement=order.cooperation.agreement,
        code=FEE,
        kind=BillKind.PIT_FEE,
        payer=order.merchant,
        payee=order.maker,
        amount_fen=order.fee_fen,
        due_on=clock.day_of(clock.now() + states.PAY_WITHIN),
    )
    raise_once(actor, bill)


def bill_of(order: ContentOrder) -> Bill | None:
    """None before the approval, and of what is paid by its orders alone."""
    if order.cooperation is None:
        return None
    return Bill.objects.filter(agreement=order.cooperation.agreement_id, code=FEE).first()


def proof_of(bill: Bill) -> StoredFile:
    """What was shown last."""
    step = bill.steps.filter(kind=StepKind.PROVED).latest("pk")
    assert step.file is not None  # noqa: S101 - the database's constraint
    return step.file
