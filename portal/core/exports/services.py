"""Exporting a table: asked for on a page, written by a job, fetched by its owner for a day."""

from __future__ import annotations

from typing import IO

from django.db import transaction
from django.utils.translation import gettext as _

from portal.core import audit, clock, jobs, outbox
from portal.core.actor import Actor
from portal.core.exports import quota
from portal.core.exports.files import KEPT, PURPOSE
from portal.core.exports.kinds import ExportKind, Params
from portal.core.files import delete_file, keep_made_file
from portal.core.models import ExportRun
from portal.core.sheets import TEXT, TYPES
from portal.core.verdict import ALLOWED, Flaw, Refused, Verdict, conflict, flawless

MOST_UNDER_WAY = 3  # of one person
WORK = "exports.write"


@transaction.atomic
def start_export(actor: Actor, *, kind: ExportKind, params: Params, form: str) -> ExportRun:
    """Queue the export. `form` is csv or xlsx; a text has its own."""
    can_start_export(actor, kind).require()
    form = TEXT if kind.suffix else form
    if form not in TYPES and not kind.suffix:
        raise Refused(flawless([Flaw("format", _("Choose CSV or XLSX."))]))
    assert actor.user is not None  # the rule has seen to it
    run = ExportRun.objects.create(
        kind=kind.name,
        form=form,
        params=dict(kind.clean(params)),
        party_id=actor.party_id,
        created_by=actor.user,
        created_at=clock.now(),
    )
    audit.record(actor, "start_export", run, after={"kind": kind.name, "params": run.params})
    run.job = jobs.queue_job(actor, kind=WORK, key=str(run.pk), args={"run": str(run.pk)})
    run.save(update_fields=["job"])
    return run


def can_start_export(actor: Actor, kind: ExportKind) -> Verdict:
    if not (verdict := kind.may(actor)):
        return verdict
    if ExportRun.objects.under_way().filter(created_by=actor.user).count() >= MOST_UNDER_WAY:
        return conflict(_("Several exports of yours are under way. Wait until one has ended."))
    if quota.rows_left(actor, kind) <= 0:
        return conflict(too_many(kind))
    return ALLOWED


def too_many(kind: ExportKind) -> str:
    return _(
        "At most %(rows)s rows a day can be exported. Narrow it down, or come back tomorrow."
    ) % {"rows": f"{kind.daily_rows:,}"}


def end_export(
    actor: Actor, *, run: ExportRun, kind: ExportKind, content: IO[bytes], rows: int
) -> None:
    """Hand the file over if the day's quota allows it: both or neither."""
    try:
        with transaction.atomic():
            if not quota.take_rows(actor, kind, rows):
                raise Refused(conflict(too_many(kind)))
            run.file = keep_made_file(
                actor,
                content=content,
                content_type=TYPES.get(run.form, "text/plain; charset=utf-8"),
                name=f"{str(kind.title)[:60]} {clock.today():%Y-%m-%d}.{kind.suffix or run.form}",
                purpose=PURPOSE,
                party_id=run.party_id,
            )
            run.rows = rows
            _end(actor, run)
    except Refused as refused:
        run.file, run.rows = None, 0
        fail_export(actor, run=run, problem=str(refused.verdict.reason))


@transaction.atomic
def fail_export(actor: Actor, *, run: ExportRun, problem: str) -> None:
    """It ends without a file; `problem` is the sentence its owner reads."""
    run.problem = problem[:300]
    _end(actor, run)


def _end(actor: Actor, run: ExportRun) -> None:
    run.finished_at = clock.now()
    run.save()
    ended = {"rows": run.rows, "problem": run.problem}
    audit.record(actor, "finish_export", run, after=ended)
    # Notices stand above core: asked for by the name of their task.
    key = f"export:{run.pk}"
    outbox.put("portal.notices.tasks.tell_export", key=key, payload={"run_id": str(run.pk)})


def prune_exports(actor: Actor) -> int:
    """Delete files older than a day. How many went."""
    old = ExportRun.objects.filter(
        file__deleted_at__isnull=True, file__created_at__lt=clock.now() - KEPT
    )
    runs = list(old.select_related("file")[:1000])
    for run in runs:
        if run.file is not None:
            delete_file(actor, file=run.file, why="a day is over")
    return len(runs)
