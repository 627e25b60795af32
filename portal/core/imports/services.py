"""Importing a file: a dry run first, then exactly the good rows, once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from portal.core import audit, clock, jobs, outbox
from portal.core.actor import Actor
from portal.core.files import attach_file, delete_file, store_file
from portal.core.imports.kinds import ImportKind, find_kind
from portal.core.models import ImportFault, ImportRun, ImportState, JobState
from portal.core.models.imports import IMPORT_TRANSITIONS
from portal.core.verdict import ALLOWED, Refused, Verdict, conflict, unmet

MOST_UNDER_WAY = 3  # of one person
KEPT = timedelta(days=30)  # files and faults hold what people typed
CHECK, APPLY = "imports.check", "imports.apply"


@transaction.atomic
def start_import(actor: Actor, *, kind: ImportKind, upload: UploadedFile) -> ImportRun:
    """Keep the file and queue its dry run; nothing of it is written."""
    kind.may(actor).require()
    _has_time(actor).require()
    assert actor.user is not None  # `may` and the file's purpose have seen to it
    file = store_file(actor, upload=upload, purpose=kind.purpose, party_id=actor.party_id)
    attach_file(actor, file=file)
    run = ImportRun.objects.create(
        kind=kind.name,
        party_id=actor.party_id,
        created_by=actor.user,
        file=file,
        sha256=file.sha256,
        created_at=clock.now(),
    )
    audit.record(actor, "start_import", run, after={"kind": kind.name, "sha256": run.sha256})
    _queue(actor, run, CHECK)
    return run


@transaction.atomic
def apply_import(actor: Actor, *, run: ImportRun) -> ImportRun:
    """Import the good rows. The same file is imported once for a party."""
    run = _lock(run)
    can_apply_import(actor, run).require()
    try:
        with transaction.atomic():
            _change_state(actor, run, ImportState.APPLYING, verb="apply_import")
    except IntegrityError as error:
        if "import_a_file_once" not in str(error):
            raise
        sentence = _("This very file was imported already. Upload only the rows that are new.")
        raise Refused(conflict(sentence)) from error
    _queue(actor, run, APPLY)
    return run


@transaction.atomic
def discard_import(actor: Actor, *, run: ImportRun) -> ImportRun:
    """Leave a checked file; its bytes and faults go."""
    run = _lock(run)
    can_discard_import(actor, run).require()
    _change_state(actor, run, ImportState.DISCARDED, verb="discard_import")
    run.faults.all().delete()
    delete_file(actor, file=run.file, why="import discarded")
    return run


@transaction.atomic
def retry_import(actor: Actor, *, run: ImportRun) -> ImportRun:
    """Go on where a failed job stood."""
    run = _lock(run)
    can_retry_import(actor, run).require()
    assert run.job is not None
    jobs.requeue_job(actor, job=run.job)
    return run


def prune_imports(actor: Actor) -> int:
    """Remove files and faults of imports that are long over. How many were cleared."""
    old = ImportRun.objects.filter(created_at__lt=clock.now() - KEPT, file__deleted_at=None)
    runs = list(old.exclude(state=ImportState.APPLYING).select_related("file")[:200])
    for run in runs:
        with transaction.atomic():
            run.faults.all().delete()
            delete_file(actor, file=run.file, why="import is long over")
    return len(runs)


# --- rules ------------------------------------------------------------------------------------


def can_apply_import(actor: Actor, run: ImportRun) -> Verdict:
    if not (verdict := _may(actor, run)):
        return verdict
    if run.state != ImportState.CHECKED:
        return conflict(_("This import is not waiting for your decision."))
    if run.good == 0:
        return unmet(_("No row is good. Correct the file and upload it again."))
    return ALLOWED


def can_discard_import(actor: Actor, run: ImportRun) -> Verdict:
    if not (verdict := _may(actor, run)):
        return verdict
    if ImportState.DISCARDED not in IMPORT_TRANSITIONS[run.state]:
        return conflict(_("This import is not waiting for your decision."))
    return ALLOWED


def can_retry_import(actor: Actor, run: ImportRun) -> Verdict:
    if not (verdict := _may(actor, run)):
        return verdict
    if not run.is_under_way or run.job is None or run.job.state != JobState.FAILED:
        return conflict(_("Only an import that broke off can be tried again."))
    return ALLOWED


def _may(actor: Actor, run: ImportRun) -> Verdict:
    kind = find_kind(run.kind)
    if kind is None:
        return conflict(_("This kind of import is no longer offered."))
    return kind.may(actor)


def _has_time(actor: Actor) -> Verdict:
    if ImportRun.objects.under_way().filter(created_by=actor.user).count() < MOST_UNDER_WAY:
        return ALLOWED
    return conflict(_("Several imports of yours are under way. Wait until one has ended."))


# --- writing ----------------------------------------------------------------------------------


def _lock(run: ImportRun) -> ImportRun:
    rows = ImportRun.objects.select_for_update(of=("self",), no_key=True).select_related(
        "file", "job"
    )
    return rows.get(pk=run.pk)


def _queue(actor: Actor, run: ImportRun, kind: str) -> None:
    run.job = jobs.queue_job(actor, kind=kind, key=str(run.pk), args={"run": str(run.pk)})
    run.save(update_fields=["job"])


def _change_state(actor: Actor, run: ImportRun, state: ImportState, *, verb: str) -> None:
    if state not in IMPORT_TRANSITIONS[run.state]:
        raise Refused(conflict(_("This is not possible in the import's present state.")))
    before, run.state = run.state, state
    run.save()
    counts: dict[str, Any] = {"state": state, "total": run.total, "bad": run.bad}
    audit.record(
        actor, verb, run, before={"state": before}, after=counts | {"applied": run.applied}
    )


# --- called by the jobs -----------------------------------------------------------------------


@transaction.atomic
def end_check(actor: Actor, *, run: ImportRun, problem: str = "") -> None:
    """The dry run has ended: with counts, or with why the file cannot be read."""
    run.problem = problem
    state = ImportState.REFUSED if problem else ImportState.CHECKED
    _change_state(actor, run, state, verb="check_import")
    _tell(run)


@transaction.atomic
def end_import(actor: Actor, *, run: ImportRun) -> None:
    run.finished_at, run.bad = clock.now(), run.total - run.applied
    _change_state(actor, run, ImportState.DONE, verb="finish_import")
    _tell(run)


def _tell(run: ImportRun) -> None:
    """Who uploaded the file is told; notices stand above core, so by the name of their task."""
    key = f"import:{run.pk}:{run.state}"
    outbox.put("portal.notices.tasks.tell_import", key=key, payload={"run_id": str(run.pk)})


def forget_faults(run: ImportRun) -> None:
    ImportFault.objects.filter(run=run).delete()
