"""Who asked for an import or an export is told when it has ended."""

import pytest
from django.core import mail
from django.utils import translation

from portal.core import outbox
from portal.core.actor import system_actor
from portal.core.exports import ExportKind, register_export, start_export
from portal.core.imports import Column, ImportKind, apply_import, register_import, start_import
from portal.core.jobs import retry_job, run_job, start_job
from portal.core.models import Job, JobState, OutboxMessage
from portal.core.verdict import ALLOWED
from portal.notices.models import Notice
from tests.routes.core import table

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_told_yet(merchant):
    Notice.objects.all().delete()
    OutboxMessage.objects.all().delete()


def told():
    outbox.dispatch()
    return [(notice.user, notice.event) for notice in Notice.objects.order_by("pk")]


def test_import_tells_of_each_end(merchant):
    kind = register_import(
        ImportKind(
            name="tests.told",
            title="Rows",
            columns=[Column("a", "a", required=True)],
            may=lambda actor: ALLOWED,
            apply=lambda actor, rows: len(rows),
        )
    )
    run = start_import(merchant.actor, kind=kind, upload=table())
    run_job(str(run.job_id))
    assert told() == [(merchant.user, "import.checked")]
    run = apply_import(merchant.actor, run=run)
    run_job(str(run.job_id))
    assert told() == [(merchant.user, "import.checked"), (merchant.user, "import.done")]
    with translation.override("en"):
        assert Notice.objects.last().text == "Rows: 1 rows were imported."
    assert mail.outbox == [], "on the site only, unless chosen otherwise"


def export_kind(name, rows):
    kind = ExportKind(name=name, title="Rows", columns=["a"], may=lambda actor: ALLOWED, rows=rows)
    return register_export(kind)


def test_export_tells_that_it_is_ready(merchant):
    kind = export_kind("tests.told", lambda actor, params: [[1], [2]])
    run = start_export(merchant.actor, kind=kind, params={}, form="csv")
    run_job(str(run.job_id))
    assert told() == [(merchant.user, "export.ready")]
    with translation.override("en"):
        text = Notice.objects.get().text
    assert text == "Your export is ready for 24 hours: Rows, 2 rows."


def test_export_that_breaks_off_tells_so_each_time(merchant):
    def broken(actor, params):
        raise RuntimeError("tests")

    kind = export_kind("tests.broken", broken)
    run = start_export(merchant.actor, kind=kind, params={}, form="csv")
    run_job(str(run.job_id))
    assert told() == [(merchant.user, "export.broke_off")]
    job = retry_job(system_actor("command"), job=Job.objects.get(pk=run.job_id))
    run_job(str(job.pk))
    assert told() == [(merchant.user, "export.broke_off")] * 2


def test_other_jobs_tell_nobody(merchant):
    job = start_job(system_actor("command"), kind="tests.nobody")
    run_job(str(job.pk))
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert told() == []
