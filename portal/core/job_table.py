"""The operators' list of jobs."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.core import jobs
from portal.core.actor import Actor
from portal.core.models import Job, JobState
from portal.core.tables import TableColumn, TableFilter, TableKind, register_table

TONES = {JobState.RUNNING: "info", JobState.DONE: "ok", JobState.FAILED: "bad"}


def _all(actor: Actor) -> QuerySet[Job]:
    return Job.objects.select_related("created_by")


def _kinds() -> list[tuple[str, str]]:
    kinds = Job.objects.order_by("kind").values_list("kind", flat=True).distinct()
    return [(kind, kind) for kind in kinds]


def _percent(job: Job) -> int:
    return 100 if job.state == JobState.DONE else job.percent


def _step(job: Job) -> str:
    """Jobs write the source of a step's name; whoever looks reads it in their own language."""
    return gettext(job.step) if job.step else ""


def _person(job: Job) -> Any:
    return job.created_by or ""


JOBS = register_table(
    TableKind(
        name="jobs",
        title=_("Jobs"),
        url="job_list",
        rows=_all,
        may=jobs.can_run_job,
        filters=(
            TableFilter(
                "state",
                _("State"),
                lambda: JobState.choices,
                lambda rows, value: rows.filter(state=value),
            ),
            TableFilter("kind", _("Job"), _kinds, lambda rows, value: rows.filter(kind=value)),
        ),
        columns=(
            TableColumn(
                "kind",
                _("Job"),
                lambda job: job.kind,
                sort="kind",
                url=lambda job: reverse("job_detail", args=[job.pk]),
                note=_step,
            ),
            TableColumn(
                "progress",
                _("Progress"),
                _percent,
                form="bar",
                tone=lambda job: TONES.get(job.state, "") if job.state != "running" else "",
            ),
            TableColumn("done", _("Done"), lambda job: job.done, form="num", is_shown=False),
            TableColumn(
                "attempts", _("Attempts"), lambda job: job.attempts, form="num", sort="attempts"
            ),
            TableColumn("person", _("Started by"), _person),
            TableColumn(
                "created",
                _("Started"),
                lambda job: job.created_at,
                form="moment",
                sort="created_at",
            ),
            TableColumn("ended", _("Ended"), lambda job: job.finished_at, form="moment"),
            TableColumn("error", _("What went wrong"), lambda job: job.error, is_shown=False),
            TableColumn(
                "state",
                _("State"),
                lambda job: job.get_state_display(),
                form="tag",
                tone=lambda job: TONES.get(job.state, ""),
            ),
        ),
    )
)
