"""kill -9 of a real worker in the middle of an import: another goes on, each row exactly once."""

from datetime import timedelta

import pytest
from django.db import transaction

from portal.activity.models import ActivityDay
from portal.core import clock, jobs
from portal.core.imports import apply_import, find_kind, start_import
from portal.core.models import AuditEntry, ImportRun, ImportState, Job, JobState
from tests.core.files.samples import upload
from tests.core.test_worker_killed import start_worker
from tests.factories import wait_for
from tests.processes import kill

__all__ = ["start_worker"]  # the fixture
DAYS = 1_000
BATCH = 500
HEADER = "party_id,day,followers,videos,lives,has_sold"


def rows_of(party: int) -> list[str]:
    today = clock.today()
    return [f"{party},{today - timedelta(days=back)},{back},1,1,1" for back in range(DAYS)]


@pytest.mark.django_db(transaction=True)
def test_import_goes_on_after_its_worker_was_killed(start_worker, operator, merchant, creator):
    parties = (merchant.party.pk, creator.party.pk)
    rows = [row for party in parties for row in rows_of(party)]
    assert find_kind("activity.many").at_once == BATCH
    data = "\n".join([HEADER, *rows]).encode()
    run = start_import(
        operator.actor, kind=find_kind("activity.many"), upload=upload(data, "a.csv")
    )
    jobs.run_job(str(run.job_id))
    run = apply_import(operator.actor, run=ImportRun.objects.get(pk=run.pk))

    first = start_worker()
    wait_for(lambda: now_of(run).applied >= BATCH, seconds=120)
    with transaction.atomic():
        ImportRun.objects.select_for_update().get(pk=run.pk)  # the next batch waits here
        half = ImportRun.objects.get(pk=run.pk)
        kill(first)
    assert BATCH <= half.applied < len(rows), "it was killed in the middle"
    assert half.applied == ActivityDay.objects.count()

    start_worker()
    wait_for(lambda: jobs.sweep_jobs() == 1 or job_of(run).attempts > 1, seconds=60)
    wait_for(lambda: now_of(run).state == ImportState.DONE, seconds=120)
    wait_for(lambda: job_of(run).state == JobState.DONE, seconds=60)

    ended = now_of(run)
    assert (ended.applied, ended.written, ended.bad) == (len(rows), len(rows), 0)
    assert ActivityDay.objects.count() == len(rows)
    assert AuditEntry.objects.filter(verb="record_days").count() == len(rows) // BATCH


def now_of(run: ImportRun) -> ImportRun:
    return ImportRun.objects.get(pk=run.pk)


def job_of(run: ImportRun) -> Job:
    return Job.objects.get(pk=now_of(run).job_id)
