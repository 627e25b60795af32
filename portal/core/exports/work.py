"""The job that writes an export. Killed, it begins again: nothing counts before the file does."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from portal.core.actor import actor_again
from portal.core.exports import services
from portal.core.exports.kinds import ExportKind, find_export
from portal.core.jobs import Progress, job
from portal.core.models import ExportRun
from portal.core.sheets import write_sheet
from portal.core.verdict import Refused, conflict

STEP = 500


@job(services.WORK)
def write_export(progress: Progress, args: dict[str, Any]) -> None:
    run = ExportRun.objects.select_related("created_by").get(pk=args["run"])
    kind = find_export(run.kind)
    if run.finished_at is not None:
        return
    if kind is None:
        raise LookupError(f"nobody knows exports of {run.kind}")
    actor = actor_again(run.created_by_id, run.party_id, "task")
    with translation.override(getattr(run.created_by, "language", settings.LANGUAGE_CODE)):
        try:
            kind.may(actor).require()
            rows = kind.rows(actor, run.params)
            about = kind.total(actor, run.params) if kind.total else 0
            with tempfile.TemporaryFile() as target:
                counted = _counted(rows, progress, kind, about)
                count = write_sheet(run.form, kind.header(run.params), counted, target)
                target.seek(0)
                services.end_export(actor, run=run, kind=kind, content=target, rows=count)
        except Refused as refused:
            services.fail_export(actor, run=run, problem=str(refused.verdict.reason))
        except OSError:
            sentence = _("There is no room for files at the moment. Try again later.")
            services.fail_export(actor, run=run, problem=sentence)


def _counted(
    rows: Iterable[Sequence[Any]], progress: Progress, kind: ExportKind, about: int
) -> Iterator[Sequence[Any]]:
    """The rows, with progress; stopped as soon as there are more than a day allows."""
    for number, row in enumerate(rows, start=1):
        if number > kind.daily_rows:
            raise Refused(conflict(services.too_many(kind)))
        if number % STEP == 0:
            progress.report(done=number, total=max(number, about), step="")
        yield row
