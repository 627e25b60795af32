"""Keeping the index as its rows are. Called inside the change they follow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from portal.parties.search import Entry as Written
from portal.parties.search import entry_of
from portal.search.findables import Rows, kept_kinds
from portal.search.models import Entry

BATCH = 500
WRITTEN = ["text", "readings", "tokens"]


@lru_cache(maxsize=4_096)  # a title passes here at each step of its row
def _written(kind: str, names: tuple[str, ...]) -> Written:
    first, *others = names or ("",)
    return entry_of(kind, first, others=others)


def entry_for(finder: Rows, row: Any) -> Entry:
    """A row of the index that is not yet written."""
    said = _written(finder.kind, tuple(finder.names(row)))
    return Entry(
        kind=finder.kind, key=row.pk, text=said.text, readings=said.readings, tokens=said.tokens
    )


def keep_entry(finder: Rows, row: Any) -> None:
    """Write what a row is called now, if it is not what stands there."""
    entry = entry_for(finder, row)
    kept = Entry.objects.filter(kind=entry.kind, key=entry.key)
    if not kept.filter(text=entry.text, readings=entry.readings).exists():
        _write([entry])


@transaction.atomic
def keep_entries(kind: str, rows: Iterable[Any]) -> None:
    """The same of many rows that came in at once."""
    for finder in kept_kinds():
        if finder.kind == kind:
            _write([entry_for(finder, row) for row in rows])


def publish_entries() -> int:
    """Make every row of the index again; how many."""
    return sum(_publish(finder, finder.model._default_manager.all()) for finder in kept_kinds())


def publish_missing() -> int:
    """Make the rows that are not there yet: after an update that brought a kind in, and whatever
    came in past the services."""
    return sum(_publish(finder, _missing(finder)) for finder in kept_kinds())


def _missing(finder: Rows) -> QuerySet[Any]:
    kept = Entry.objects.filter(kind=finder.kind, key=OuterRef("pk"))
    return finder.model._default_manager.filter(~Exists(kept))


def _publish(finder: Rows, rows: QuerySet[Any]) -> int:
    done, left = 0, rows.order_by("pk").iterator(BATCH)
    while batch := list(islice(left, BATCH)):
        _write([entry_for(finder, row) for row in batch])
        done += len(batch)
    return done


def _write(entries: Sequence[Entry]) -> None:
    Entry.objects.bulk_create(
        entries, BATCH, update_conflicts=True, unique_fields=["kind", "key"], update_fields=WRITTEN
    )
