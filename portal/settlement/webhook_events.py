"""What machines are told of statements: the party they are of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.settlement.models import Statement
from portal.webhooks.catalogue import register_event


def statement_data(statement: Statement, told: int) -> dict[str, Any]:
    return {
        "statement": statement.number,
        "month": f"{statement.month:%Y-%m}",
        "status": statement.status,
        "total_fen": statement.total,
        "released_fen": statement.released,
        "carried_out_fen": statement.carried_out,
        "paid_fen": statement.paid_fen,
        "due_at": statement.due_at.isoformat() if statement.due_at else None,
    }


def its_party(statement: Statement) -> Iterator[int]:
    yield statement.party_id


EXAMPLE = {
    "statement": "JS-202603-0183",
    "month": "2026-03",
    "status": "approved",
    "total_fen": 9_171_724,
    "released_fen": 9_171_724,
    "carried_out_fen": 0,
    "paid_fen": 0,
    "due_at": "2026-04-09T01:00:00+00:00",
}
STEPS = (
    ("statement.sent", _("A statement was sent"), ("send_statement",)),
    (
        "statement.agreed",
        _("A statement was agreed, or counts as agreed"),
        ("agree_statement", "agree_silently", "agree_after_disputes"),
    ),
    ("statement.disputed", _("Lines of a statement were disputed"), ("dispute_statement",)),
    ("statement.approved", _("A statement was approved: it is payable"), ("approve_statement",)),
    ("statement.paid", _("A statement was paid"), ("pay_statement",)),
    (
        "statement.reconciled",
        _("The transfers of a statement were found at the bank"),
        ("reconcile_statement",),
    ),
    ("statement.closed", _("A statement was closed"), ("close_statement",)),
    ("statement.failed", _("The payment of a statement failed"), ("fail_statement",)),
)
for name, title, verbs in STEPS:
    register_event(
        name,
        title,
        of="settlement.statement",
        verbs=verbs,
        parties=its_party,
        data=statement_data,
        example=EXAMPLE,
    )
