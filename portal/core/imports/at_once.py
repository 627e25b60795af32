"""A file of the program's own: read, checked and applied at once, all of it or nothing."""

from __future__ import annotations

from typing import IO

from django.db import transaction

from portal.core.actor import Actor
from portal.core.imports.kinds import ImportKind
from portal.core.imports.table import Table
from portal.core.models import StoredFile

CSV = "text/csv"


@transaction.atomic
def import_at_once(actor: Actor, *, kind: ImportKind, source: IO[bytes]) -> int:
    """How many rows of this CSV were new. A faulty one raises ValueError with its line."""
    kind.may(actor).require()
    table = Table(kind, source, StoredFile(content_type=CSV))
    table.read_header()
    written = 0
    for batch in table.batches(actor):
        for fault in batch.faults:
            raise ValueError(f"line {fault.line}, {fault.field}: {fault.sentence}")
        written += kind.apply(actor, [row.values for row in batch.good])
    return written
