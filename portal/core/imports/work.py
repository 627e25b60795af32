"""The two jobs of an import. Both read the file from the top; the second one skips what an earlier
run has applied, and remembers each batch in the transaction that applies it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from portal.core.actor import Actor, actor_again
from portal.core.files import open_bytes
from portal.core.imports import services
from portal.core.imports.kinds import ImportKind, find_kind
from portal.core.imports.table import Batch, Fault, Table
from portal.core.jobs import Progress, job
from portal.core.models import ImportFault, ImportRun, ImportState
from portal.core.sheets import Unreadable
from portal.core.sheets.reading import count_lines

MOST_FAULTS = 5_000  # kept of a file; more help nobody


@job(services.CHECK)
def check_import(progress: Progress, args: dict[str, Any]) -> None:
    """The dry run: counts and faults, nothing else. Killed, it starts again from the top."""
    with _open(args) as (run, actor, _kind, table, about):
        if run.state != ImportState.CHECKING:
            return
        run.total = run.bad = kept = 0
        services.forget_faults(run)
        try:
            table.read_header()
            for batch in table.batches(actor):
                run.total += batch.size
                run.bad += batch.bad
                with transaction.atomic():
                    kept += _keep(run, batch.faults, MOST_FAULTS - kept)
                    _report(progress, run.total, about)
        except Unreadable as error:
            run.total = run.bad = 0
            services.end_check(actor, run=run, problem=str(error))
            return
        run.ignored = table.ignored
        problem = "" if run.total else _("There is no row below the header.")
        services.end_check(actor, run=run, problem=problem)


@job(services.APPLY)
def apply_import(progress: Progress, args: dict[str, Any]) -> None:
    """Apply the good rows, a batch and its checkpoint in one transaction."""
    with _open(args) as (run, actor, kind, table, _about):
        if run.state != ImportState.APPLYING:
            return
        kind.may(actor).require()  # who lost the right in between imports nothing more
        table.read_header()
        done = progress.checkpoint.get("rows", 0)
        if not done:
            services.forget_faults(run)  # found anew: the world may have changed since
        for batch in table.batches(actor, skip=done, ask=not kind.refusal):
            done += batch.size
            with transaction.atomic():
                _apply(run.pk, actor, table, batch)
                progress.checkpoint["rows"] = done
                _report(progress, done, run.total)
        services.end_import(actor, run=ImportRun.objects.get(pk=run.pk))


def _apply(pk: Any, actor: Actor, table: Table, batch: Batch) -> None:
    run = ImportRun.objects.select_for_update(no_key=True).get(pk=pk)
    run.written += _written(actor, table, batch)
    run.applied += len(batch.good)
    run.save(update_fields=["applied", "written"])
    _keep(run, batch.faults, MOST_FAULTS - run.faults.count())


def _written(actor: Actor, table: Table, batch: Batch) -> int:
    """How many rows were new; without those that the kind refuses."""
    try:
        with transaction.atomic():
            return _written_all(actor, table.kind, batch)
    except table.kind.refusal:
        table.ask_kind(actor, batch)
        return _written_all(actor, table.kind, batch)


def _written_all(actor: Actor, kind: ImportKind, batch: Batch) -> int:
    return kind.apply(actor, [row.values for row in batch.good]) if batch.good else 0


def _keep(run: ImportRun, faults: list[Fault], room: int) -> int:
    """Keep as many faults as there is room for; how many were kept."""
    rows = [
        ImportFault(
            run=run,
            line=fault.line,
            field=fault.field[:80],
            value=fault.value.replace("\0", "�")[:100],
            sentence=fault.sentence[:300],
        )
        for fault in faults[: max(room, 0)]
    ]
    return len(ImportFault.objects.bulk_create(rows))


def _report(progress: Progress, done: int, about: int) -> None:
    progress.report(done=done, total=max(done, about), step="")


@contextmanager
def _open(args: dict[str, Any]) -> Iterator[tuple[ImportRun, Actor, ImportKind, Table, int]]:
    """The run, who acts, its kind, its table, and about how many rows there are; in the language
    of who uploaded the file."""
    run = ImportRun.objects.select_related("file", "created_by").get(pk=args["run"])
    kind = find_kind(run.kind)
    if kind is None:
        raise LookupError(f"nobody knows imports of {run.kind}")
    actor = actor_again(run.created_by_id, run.party_id, "task")
    language = getattr(run.created_by, "language", settings.LANGUAGE_CODE)
    with translation.override(language), open_bytes(run.file) as source:
        about = count_lines(source) if run.file.content_type == "text/csv" else 0
        yield run, actor, kind, Table(kind, source, run.file), about
