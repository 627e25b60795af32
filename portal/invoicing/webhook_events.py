"""What machines are told of invoices that are due: both sides the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.invoicing.models import InvoiceDue
from portal.webhooks.catalogue import register_event


def due_data(due: InvoiceDue, told: int) -> dict[str, Any]:
    """`recipient` null: the platform. `invoices`: the numbers that came, the newest first."""
    came = due.invoices.order_by("-received_at", "number").values_list("number", "status")
    return {
        "invoice_due": str(due.pk),
        "title": due.title,
        "issuer": due.issuer_id,
        "recipient": due.recipient_id,
        "bill": str(due.bill_id) if due.bill_id else None,
        "statement": due.statement.number if due.statement else None,
        "amount_fen": due.amount_fen,
        "left_fen": due.left_fen,
        "status": due.status,
        "due_on": due.due_on.isoformat(),
        "invoices": [{"number": number, "status": status} for number, status in came[:20]],
    }


def its_sides(due: InvoiceDue) -> Iterator[int]:
    yield due.issuer_id
    if due.recipient_id is not None:
        yield due.recipient_id


EXAMPLE = {
    "invoice_due": "9b2d7c1a-6f0e-4f5d-8b53-6f4b7d2f0c21",
    "title": "JS-202604-0183",
    "issuer": 61,
    "recipient": None,
    "bill": None,
    "statement": "JS-202604-0183",
    "amount_fen": 8_142_035,
    "left_fen": 8_142_035,
    "status": "asked",
    "due_on": "2026-06-10",
    "invoices": [],
}
CAME = {"number": "26312000000012345678"}
STEPS: tuple[tuple[str, Any, str, dict[str, Any]], ...] = (
    ("invoice.asked", _("An invoice became due"), "raise_invoice_due", {}),
    (
        "invoice.handed_in",
        _("An invoice was handed in"),
        "hand_in_invoice",
        {"invoices": [CAME | {"status": "received"}]},
    ),
    (
        "invoice.matched",
        _("An invoice was matched with what is due"),
        "match_invoice",
        {"left_fen": 0, "status": "matched", "invoices": [CAME | {"status": "matched"}]},
    ),
    (
        "invoice.returned",
        _("An invoice was returned"),
        "return_invoice",
        {"invoices": [CAME | {"status": "returned"}]},
    ),
    (
        "invoice.refunded",
        _("Money came back: a red-letter invoice is due, or less is to be invoiced"),
        "refund_invoice_due",
        {"left_fen": -126_40, "status": "red", "invoices": [CAME | {"status": "matched"}]},
    ),
)
for name, title, verb, more in STEPS:
    register_event(
        name,
        title,
        of="invoicing.invoicedue",
        verbs=(verb,),
        parties=its_sides,
        data=due_data,
        example=EXAMPLE | more,
    )
