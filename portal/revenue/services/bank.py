"""Rows of bank statements, as finance brings them in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import Flaw, Refused, flawless
from portal.revenue import rules
from portal.revenue.models import BankRow


@transaction.atomic
def record_bank_rows(actor: Actor, *, rows: Sequence[Mapping[str, Any]]) -> int:
    """Keys of a row: account, reference, booked_on, amount (fen; what went out below zero),
    counterparty, memo. Known ones, by account and reference, stay as they are; how many are new."""
    rules.can_import_bank_rows(actor).require()
    if any(row["amount"] == 0 for row in rows):
        raise Refused(flawless([Flaw("amount", rules.NOT_ZERO)]))
    known = BankRow.objects.count()
    BankRow.objects.bulk_create((_row(actor, row) for row in rows), ignore_conflicts=True)
    new = BankRow.objects.count() - known
    last = BankRow.objects.order_by("-pk").first()
    if new and last is not None:
        audit.record(actor, "import_bank_rows", last, after={"rows": new})
    return new


def _row(actor: Actor, row: Mapping[str, Any]) -> BankRow:
    return BankRow(
        account=row["account"],
        reference=row["reference"],
        booked_on=row["booked_on"],
        amount_fen=row["amount"],
        counterparty=row.get("counterparty") or "",
        memo=row.get("memo") or "",
        imported_at=clock.now(),
        imported_by=actor.user,
    )
