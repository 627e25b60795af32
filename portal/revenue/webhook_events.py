"""What machines are told of agreements and bills: both sides the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.revenue.models import Agreement, Bill
from portal.webhooks.catalogue import register_event

Steps = Sequence[tuple[str, str | Promise, tuple[str, ...]]]


def agreement_data(agreement: Agreement, told: int) -> dict[str, Any]:
    version = agreement.versions.first()
    return {
        "agreement": str(agreement.pk),
        "payer": agreement.payer_id,
        "payee": agreement.payee_id,
        "role": agreement.role,
        "scope_kind": agreement.scope_kind,
        "scope_key": agreement.scope_key,
        "version": version.number if version else None,
        "status": version.status if version else None,
        "sha256": version.sha256 if version else None,
    }


def both_sides(agreement: Agreement | Bill) -> Iterator[int]:
    if agreement.payer_id is not None:
        yield agreement.payer_id
    yield agreement.payee_id


EXAMPLE = {
    "agreement": "0b9f6a52-5a1e-4c39-9c0a-6a3f6f1f2f10",
    "payer": 1,
    "payee": 61,
    "role": "provider_fee",
    "scope_kind": "whole",
    "scope_key": "",
    "version": 2,
    "status": "accepted",
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
}

AGREEMENT_STEPS: Steps = (
    ("agreement.proposed", _("A version of an agreement was proposed"), ("propose_version",)),
    ("agreement.accepted", _("A version of an agreement was accepted"), ("accept_version",)),
    (
        "agreement.closed",
        _("A version of an agreement came to nothing"),
        ("decline_version", "withdraw_version", "expire_version", "counter_version"),
    ),
    ("agreement.sealed", _("A side sealed a version of an agreement"), ("seal_version",)),
    ("agreement.ended", _("An agreement of a cooperation was ended"), ("end_agreement",)),
)
for name, title, verbs in AGREEMENT_STEPS:
    register_event(
        name,
        title,
        of="revenue.agreement",
        verbs=verbs,
        parties=both_sides,
        data=agreement_data,
        example=EXAMPLE,
    )


def bill_data(bill: Bill, told: int) -> dict[str, Any]:
    return {
        "bill": str(bill.pk),
        "agreement": str(bill.agreement_id),
        "part": bill.code,
        "key": bill.key,
        "kind": bill.kind,
        "payer": bill.payer_id,
        "payee": bill.payee_id,
        "amount_fen": bill.amount_fen,
        "due_on": bill.due_on.isoformat(),
        "status": bill.status,
        "paid_on": bill.paid_on.isoformat() if bill.paid_on else None,
        "refunds": str(bill.refunds_id) if bill.refunds_id else None,
    }


EXAMPLE_BILL = {
    "bill": "5c1f7d5e-52a7-4b0f-9f63-0e8f1f0f7f21",
    "agreement": "0b9f6a52-5a1e-4c39-9c0a-6a3f6f1f2f10",
    "part": "月费",
    "key": "2026-03",
    "kind": "retainer",
    "payer": 1,
    "payee": 61,
    "amount_fen": 2_000_000,
    "due_on": "2026-03-05",
    "status": "proved",
    "paid_on": "2026-03-04",
    "refunds": None,
}

BILL_STEPS: Steps = (
    ("bill.raised", _("A bill was raised, or a refund by its ladder"), ("raise_bill",)),
    ("bill.invoice_asked", _("The invoice of a bill was asked for"), ("request_invoice",)),
    ("bill.invoiced", _("The invoice of a bill was issued"), ("issue_invoice",)),
    ("bill.proved", _("The payment of a bill was shown"), ("prove_payment",)),
    ("bill.returned", _("The proof of a payment was returned"), ("return_proof",)),
    ("bill.paid", _("The payment of a bill was found"), ("match_bill", "confirm_receipt")),
    ("bill.waived", _("A bill was waived"), ("waive_bill",)),
    ("bill.late", _("A bill is late"), ("tell_late_bill",)),
)
for name, title, verbs in BILL_STEPS:
    register_event(
        name,
        title,
        of="revenue.bill",
        verbs=verbs,
        parties=both_sides,
        data=bill_data,
        example=EXAMPLE_BILL,
    )
