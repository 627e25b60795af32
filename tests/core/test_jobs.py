"""A job survives its worker: one holder at a time, nothing done twice, an end that is told."""

import os
import subprocess
import sys
from datetime import timedelta
from functools import partial

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from portal.core import clock, jobs
from portal.core.jobs import LeaseLost, Progress, job
from portal.core.models import AuditEntry, Job, JobState
from portal.core.tasks import run_job, sweep_jobs
from portal.core.verdict import Refused
from tests import factories
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db
done: list[str] = []
LATER = settings.JOB_LEASE + timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _nothing_done():
    done.clear()


def started(kind: str, **more) -> Job:
    return jobs.start_job(SYSTEM, kind=kind, **more)


def now_of(row: Job) -> Job:
    return Job.objects.get(pk=row.pk)


@job("tests.steps")
def steps(progress: Progress, args: dict) -> None:
    """Three steps; the one named in `fails` fails the first time."""
    for number in range(progress.checkpoint.get("steps", 0), 3):
        if number == args.get("fails") and progress.job.attempts == 1:
            raise RuntimeError("step broke")
        done.append(f"step {number}")
        progress.checkpoint["steps"] = number + 1
        progress.report(done=number + 1, total=3, step=f"step {number}")


def test_job_runs_to_its_end_once():
    row = started("tests.steps")
    assert (row.state, row.attempts) == (JobState.QUEUED, 0)
    run_job(str(row.pk))
    row = now_of(row)
    assert (row.state, row.done, row.total, row.attempts) == (JobState.DONE, 3, 3, 1)
    assert row.percent == 100
    assert row.finished_at is not None
    run_job(str(row.pk))
    assert done == ["step 0", "step 1", "step 2"]


def test_job_that_fails_keeps_its_error_and_goes_on_from_its_checkpoint():
    row = started("tests.steps", args={"fails": 2})
    run_job(str(row.pk))
    assert now_of(row).state == JobState.FAILED
    assert now_of(row).error == "RuntimeError('step broke')"
    jobs.retry_job(SYSTEM, job=row)
    assert (now_of(row).state, now_of(row).finished_at) == (JobState.QUEUED, None)
    Job.objects.filter(pk=row.pk).update(attempts=1)
    run_job(str(row.pk))
    assert now_of(row).state == JobState.DONE
    assert done == ["step 0", "step 1", "step 2"]


def test_job_held_by_a_worker_is_not_taken():
    @job("tests.held")
    def held(progress: Progress, args: dict) -> None:
        done.append("held")
        run_job(str(progress.job.pk))
        assert sweep_jobs() == 0

    row = started("tests.held")
    run_job(str(row.pk))
    assert done == ["held"]
    assert now_of(row).attempts == 1


def test_worker_that_lost_its_lease_writes_nothing_more():
    @job("tests.paused")
    def paused(progress: Progress, args: dict) -> None:
        if progress.job.attempts == 1:  # it pauses, and another worker takes the job
            with clock.standing_at(clock.now() + LATER):
                assert sweep_jobs() == 1
                run_job(str(progress.job.pk))
            done.append("woke up")
            with pytest.raises(LeaseLost):
                progress.report(done=1, total=9, step="too late")
            progress.report(done=1, total=9, step="too late")
            done.append("never")
        else:
            progress.report(done=2, total=2, step="second worker")
            done.append("finished")

    row = started("tests.paused")
    run_job(str(row.pk))
    row = now_of(row)
    assert done == ["finished", "woke up"]
    assert (row.state, row.step, row.done, row.total) == (JobState.DONE, "second worker", 2, 2)


def test_worker_that_lost_its_lease_does_not_decide_how_the_job_ends():
    @job("tests.slow")
    def slow(progress: Progress, args: dict) -> None:
        if progress.job.attempts == 1:
            with clock.standing_at(clock.now() + LATER):
                run_job(str(progress.job.pk))
        else:
            raise RuntimeError("second worker failed")

    row = started("tests.slow")
    run_job(str(row.pk))
    assert now_of(row).state == JobState.FAILED


def test_worker_of_a_job_given_up_does_not_end_its_retry():
    @job("tests.zombie")
    def zombie(progress: Progress, args: dict) -> None:
        Job.objects.filter(pk=progress.job.pk).update(attempts=jobs.MAX_ATTEMPTS)
        with clock.standing_at(clock.now() + LATER):
            sweep_jobs()
            assert now_of(progress.job).state == JobState.FAILED
            jobs.retry_job(SYSTEM, job=progress.job)

    row = started("tests.zombie")
    run_job(str(row.pk))
    assert now_of(row).state == JobState.QUEUED


def test_job_is_done_by_whoever_needs_it_when_nobody_else_does():
    @job("tests.needed")
    def needed(progress: Progress, args: dict) -> None:
        progress.report(done=1, total=1, step="needed")

    row, waits = started("tests.needed"), []
    jobs.attend_job(row, lambda: waits.append(now_of(row).state))
    assert waits == [JobState.RUNNING, JobState.DONE]


def test_who_waits_for_a_job_of_somebody_else_does_not_do_it_again(monkeypatch):
    monkeypatch.setattr(jobs, "ATTENDING_SECONDS", 0)
    done = []

    @job("tests.elsewhere")
    def elsewhere(progress: Progress, args: dict) -> None:
        def finish_elsewhere() -> None:
            done.append("waited")
            if len(done) == 3:
                Job.objects.filter(pk=row.pk).update(state=JobState.DONE, finished_at=clock.now())

        jobs.attend_job(row, finish_elsewhere)  # while it is held

    row = started("tests.elsewhere")
    run_job(str(row.pk))
    assert done == ["waited"] * 3


def test_who_waits_hears_that_the_job_failed():
    @job("tests.needed_in_vain")
    def fails(progress: Progress, args: dict) -> None:
        raise ValueError("no creators today")

    with pytest.raises(jobs.JobFailed, match="no creators today"):
        jobs.attend_job(started("tests.needed_in_vain"), lambda: None)


def test_report_renews_the_lease():
    @job("tests.renews")
    def renews(progress: Progress, args: dict) -> None:
        for minute in range(1, 4):
            with clock.standing_at(clock.now() + minute * settings.JOB_LEASE * 0.9):
                progress.report(done=minute, total=3, step="minute")
                assert sweep_jobs() == 0

    row = started("tests.renews")
    run_job(str(row.pk))
    assert now_of(row).state == JobState.DONE


def test_job_whose_workers_keep_dying_is_given_up():
    row = started("tests.steps")
    Job.objects.filter(pk=row.pk).update(state=JobState.RUNNING, attempts=jobs.MAX_ATTEMPTS)
    with clock.standing_at(clock.now() + LATER):
        assert sweep_jobs() == 0
    row = now_of(row)
    assert (row.state, row.error) == (JobState.FAILED, "its worker died 5 times")
    run_job(str(row.pk))
    assert done == []


def test_sweep_sends_what_was_never_taken_and_nothing_else():
    first, second = started("tests.steps"), started("tests.other")
    run_job(str(first.pk))
    assert sweep_jobs() == 1
    assert now_of(second).state == JobState.QUEUED


def test_job_of_an_unknown_kind_fails_with_a_name():
    row = started("tests.nobody")
    run_job(str(row.pk))
    assert now_of(row).state == JobState.FAILED
    assert "tests.nobody" in now_of(row).error


def test_one_unfinished_job_of_a_kind_and_key():
    row = started("tests.steps", key="a")
    with pytest.raises(Refused) as refused:
        started("tests.steps", key="a")
    assert refused.value.verdict.status == 409
    assert started("tests.steps", key="b").pk != row.pk
    assert Job.objects.filter(kind="tests.steps").count() == 2
    run_job(str(row.pk))
    assert started("tests.steps", key="a").pk != row.pk


def test_start_and_retry_are_for_operators(stranger, merchant, reviewer, operator):
    for person in (stranger, merchant, reviewer):
        with pytest.raises(Refused) as refused:
            jobs.start_job(person.actor, kind="tests.steps")
        assert refused.value.verdict.status == 403
    assert not Job.objects.exists()
    row = jobs.start_job(operator.actor, kind="tests.nobody")
    assert AuditEntry.objects.filter(verb="start_job", user=operator.user).count() == 1
    run_job(str(row.pk))
    with pytest.raises(Refused):
        jobs.retry_job(merchant.actor, job=row)
    assert now_of(row).state == JobState.FAILED
    jobs.retry_job(operator.actor, job=row)
    assert AuditEntry.objects.filter(verb="retry_job", user=operator.user).count() == 1


@pytest.mark.parametrize("state", [JobState.QUEUED, JobState.RUNNING, JobState.DONE])
def test_only_a_failed_job_is_retried(state):
    row = started("tests.steps")
    ended = clock.now() if state == JobState.DONE else None
    Job.objects.filter(pk=row.pk).update(state=state, finished_at=ended)
    with pytest.raises(Refused) as refused:
        jobs.retry_job(SYSTEM, job=row)
    assert refused.value.verdict.status == 409
    assert now_of(row).state == state


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "done"},
        {"finished_at": "2026-01-01T00:00Z"},
        {"done": 3, "total": 2},
        {"state": "failed"},
    ],
)
def test_job_row_that_contradicts_itself_is_refused(wrong):
    row = started("tests.steps")
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.filter(pk=row.pk).update(**wrong)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_take_a_job_once():
    @job("tests.once")
    def once(progress: Progress, args: dict) -> None:
        done.append("once")

    row = started("tests.once")
    call = partial(jobs.run_job, str(row.pk))
    factories.at_once(call, call, behind=Job.objects.filter(pk=row.pk))
    assert done == ["once"]
    assert now_of(row).attempts == 1


def test_process_that_is_no_worker_knows_every_kind():
    """`manage.py demo` does jobs itself, and has read no tasks until then."""
    script = (
        "import django; django.setup()\n"
        "from portal.core import jobs\n"
        "assert jobs._function('payouts.approve').__module__ == 'portal.payouts.tasks'\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, env=os.environ)
