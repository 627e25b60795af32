"""What machines are told of payouts: the party that is paid."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.payouts.models import Batch, Item, PayoutRequest
from portal.payouts.states import ItemStatus
from portal.webhooks.catalogue import register_event


def transfer_data(item: Item, told: int) -> dict[str, Any]:
    """As the API shows a payout."""
    return {
        "payout": item.pk,
        "batch": item.batch.number,
        "key": item.key,
        "attempt": item.attempt,
        "amount_fen": item.amount_fen,
        "paid_fen": item.paid_fen,
        "status": item.status,
        "reason": item.reason,
    }


def its_payee(row: Item | PayoutRequest) -> Iterator[int]:
    yield row.party_id


def its_payees(batch: Batch) -> Iterator[int]:
    yield from _sent_of(batch).values_list("party_id", flat=True)


def batch_data(batch: Batch, told: int) -> dict[str, Any]:
    """Nobody is told of anybody else's transfers."""
    rows = _sent_of(batch).filter(party=told).select_related("batch").order_by("pk")
    return {"batch": batch.number, "payouts": [transfer_data(item, told) for item in rows]}


def _sent_of(batch: Batch) -> Any:
    return Item.objects.filter(batch=batch, status=ItemStatus.PAYING)


def request_data(request: PayoutRequest, told: int) -> dict[str, Any]:
    return {
        "request": str(request.pk),
        "amount_fen": request.amount_fen,
        "status": request.status,
        "batch": request.batch.number if request.batch else None,
    }


TRANSFER = {
    "payout": 42,
    "batch": "TX-20260512-02",
    "key": "P0000000042",
    "attempt": 1,
    "amount_fen": 8_142_035,
    "paid_fen": 0,
    "status": "paying",
    "reason": "",
}
register_event(
    "payout.sent",
    _("Payouts were sent to the bank"),
    of="payouts.batch",
    verbs=("send_batch",),
    parties=its_payees,
    data=batch_data,
    example={"batch": "TX-20260512-02", "payouts": [TRANSFER]},
)
ANSWERS = (
    ("payout.paid", _("A payout arrived"), "pay_transfer", "paid", 8_142_035, ""),
    ("payout.partial", _("A payout arrived in part"), "part_transfer", "partial", 4_000_000, ""),
    (
        "payout.rejected",
        _("The bank returned a payout"),
        "return_transfer",
        "rejected",
        0,
        "收款账号户名不符",
    ),
)
for name, title, verb, status, paid, reason in ANSWERS:
    register_event(
        name,
        title,
        of="payouts.item",
        verbs=(verb,),
        parties=its_payee,
        data=transfer_data,
        example=TRANSFER | {"status": status, "paid_fen": paid, "reason": reason},
    )
REQUEST = {
    "request": "3a1c6d0e-7b1f-4b0e-8b0a-2f5f0d1c9e11",
    "amount_fen": 2_348_016,
    "status": "waiting",
    "batch": None,
}
for name, title, verb, more in (
    ("payout.requested", _("The party asked for a payout"), "request_payout", {}),
    (
        "payout.on_way",
        _("What the party asked for is on its way"),
        "answer_payout_request",
        {"status": "on_way", "batch": "TX-20260512-02"},
    ),
):
    register_event(
        name,
        title,
        of="payouts.payoutrequest",
        verbs=(verb,),
        parties=its_payee,
        data=request_data,
        example=REQUEST | more,
    )
