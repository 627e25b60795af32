"""The bank's file: made once, the same bytes for whoever takes it again, each taking on record."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from portal.core import audit, clock, vault
from portal.core.actor import Actor
from portal.core.sheets.writing import neutral
from portal.payouts import rules
from portal.payouts.models import Batch, BatchFile, Enrolment, FileTaking, Item
from portal.payouts.services.batches import change_status, lock_batch
from portal.payouts.states import BatchStatus, ItemStatus


@dataclass(frozen=True, slots=True)
class TakenFile:
    name: str
    content: bytes
    is_first: bool


@transaction.atomic
def take_file(actor: Actor, *, batch: Batch) -> TakenFile:
    """The first taking makes the file and says that the batch is sent."""
    batch = lock_batch(batch)
    rules.can_take_file(actor, batch).require()
    kept = BatchFile.objects.filter(batch=batch).first()
    is_first = kept is None
    if kept is None:
        kept = _make(actor, batch)
        batch.sent_at = clock.now()
        change_status(actor, batch, BatchStatus.SENT, "send_batch")
    FileTaking.objects.create(file=kept, at=clock.now(), by=actor.user)
    audit.record(actor, "take_bank_file", batch, after={"sha256": kept.sha256})
    content = base64.b64decode(vault.unseal(kept.content_sealed))
    return TakenFile(kept.name, content, is_first)


def _make(actor: Actor, batch: Batch) -> BatchFile:
    content, rows = _written(batch)
    return BatchFile.objects.create(
        batch=batch,
        name=f"{batch.number}.csv",
        content_sealed=vault.seal(base64.b64encode(content).decode()),
        sha256=hashlib.sha256(content).hexdigest(),
        rows=rows,
        made_at=clock.now(),
        made_by=actor.user,
    )


def _written(batch: Batch) -> tuple[bytes, int]:
    columns = batch.template.columns
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([neutral(str(column["header"])) for column in columns])
    items = Item.objects.filter(batch=batch, status=ItemStatus.PAYING)
    rows = list(items.select_related("account", "debt").order_by("pk"))
    enrolled = Enrolment.objects.in_bulk({item.party_id for item in rows})
    for line, item in enumerate(rows, 1):
        said = _Row(batch, item, enrolled.get(item.party_id), line)
        writer.writerow([neutral(_cell(column, said)) for column in columns])
    return text.getvalue().encode(batch.template.encoding), len(rows)


@dataclass(frozen=True, slots=True)
class _Row:
    batch: Batch
    item: Item
    enrolment: Enrolment | None
    line: int


def _cell(column: dict[str, Any], row: _Row) -> str:
    return str(column["text"]) if "text" in column else VALUES[column["value"]](row)


def _consented_on(row: _Row) -> str:
    return clock.day_of(row.enrolment.consented_at).isoformat() if row.enrolment else ""


VALUES: dict[str, Callable[[_Row], str]] = {
    "line": lambda row: str(row.line),
    "batch": lambda row: row.batch.number,
    "key": lambda row: row.item.key,
    "holder": lambda row: row.item.account.holder,
    "number": lambda row: vault.unseal(row.item.account.number_sealed),
    "bank": lambda row: row.item.account.bank,
    "branch": lambda row: row.item.account.branch,
    "bank_code": lambda row: row.item.account.bank_code,
    "amount": lambda row: f"{row.item.amount_fen // 100}.{row.item.amount_fen % 100:02d}",
    "purpose": lambda row: row.item.debt.text if row.item.debt else row.batch.purpose,
    "sub_account": lambda row: row.enrolment.sub_account if row.enrolment else "",
    "consented_on": _consented_on,
}
