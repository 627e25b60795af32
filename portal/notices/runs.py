"""Telling who asked for an import or an export that it has ended. Core asks for this by the outbox:
it knows no notices."""

from __future__ import annotations

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_noop

from portal.core.exports import find_export
from portal.core.imports import find_kind
from portal.core.models import ExportRun, ImportRun, ImportState, Job, JobState
from portal.notices.services import notify

IMPORT_SENTENCES: dict[str, tuple[str, str]] = {
    ImportState.REFUSED: ("refused", gettext_noop("The file for %(t_title)s cannot be read.")),
    ImportState.CHECKED: (
        "checked",
        gettext_noop("%(t_title)s: %(good)s of %(total)s rows are good. Import them or correct."),
    ),
    ImportState.DONE: ("done", gettext_noop("%(t_title)s: %(applied)s rows were imported.")),
}
READY = gettext_noop("Your export is ready for 24 hours: %(t_title)s, %(rows)s rows.")
BROKE_OFF = gettext_noop("%(t_title)s broke off. Nothing is lost: try it again.")
FAILED = gettext_noop("Your export %(t_title)s was not made: %(problem)s")


def tell_import(run_id: str) -> None:
    run = ImportRun.objects.filter(pk=run_id).first()
    if run is None or run.state not in IMPORT_SENTENCES:
        return
    what, sentence = IMPORT_SENTENCES[run.state]
    kind = find_kind(run.kind)
    notify(
        [run.created_by_id],
        party_id=run.party_id,
        event=f"import.{what}",
        key=f"import-{what}:{run.pk}",
        sentence=sentence,
        params={
            "t_title": _source(kind.title if kind else run.kind),
            "good": run.good,
            "total": run.total,
            "applied": run.applied,
        },
        url=run.get_absolute_url(),
    )


def tell_export(run_id: str) -> None:
    run = ExportRun.objects.filter(pk=run_id, finished_at__isnull=False).first()
    if run is None:
        return
    kind = find_export(run.kind)
    notify(
        [run.created_by_id],
        party_id=run.party_id,
        event="export.failed" if run.problem else "export.ready",
        key=f"export-ended:{run.pk}",
        sentence=FAILED if run.problem else READY,
        params={
            "t_title": _source(kind.title if kind else run.kind),
            "rows": run.rows,
            "problem": run.problem,
        },
        url=reverse("export_list"),
    )


def tell_failed_job(job_id: str) -> None:
    """Whose import or export broke off. Other jobs are the operators', who have a queue of them."""
    job = Job.objects.filter(pk=job_id, state=JobState.FAILED).first()
    run = _run_of(job) if job else None
    if job is None or run is None:
        return
    is_import = isinstance(run, ImportRun)
    kind = find_kind(run.kind) if is_import else find_export(run.kind)
    notify(
        [run.created_by_id],
        party_id=run.party_id,
        event="import.broke_off" if is_import else "export.broke_off",
        key=f"broke-off:{run.pk}:{job.finished_at}",
        sentence=BROKE_OFF,
        params={"t_title": _source(kind.title if kind else run.kind)},
        url=run.get_absolute_url() if isinstance(run, ImportRun) else reverse("export_list"),
    )


def _run_of(job: Job) -> ImportRun | ExportRun | None:
    imported = ImportRun.objects.filter(job=job).first()
    return imported or ExportRun.objects.filter(job=job).first()


def _source(title: object) -> str:
    """The English source, so that each reader sees it in their own language."""
    with translation.override("en"):
        return str(title)
