"""Jobs: long work that survives its worker.

A job is a row with a lease. `run_job` takes it with one conditional UPDATE; every step renews the
lease, and a worker that lost it (a long pause, a kill -9 elsewhere) is fenced off by `holder`.
The sweeper sends stranded jobs again. A job function starts from its checkpoint and may run twice.
"""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.models import Job, JobState
from portal.core.outbox import put, send_task
from portal.core.verdict import ALLOWED, Refused, Verdict, conflict, forbidden

logger = logging.getLogger(__name__)
MAX_ATTEMPTS = 5
ATTENDING_SECONDS = 0.5
UNDER_WAY = _("This job is already under way.")

JobFunction = Callable[["Progress", dict[str, Any]], None]
_functions: dict[str, JobFunction] = {}


class LeaseLost(Exception):
    """Another worker holds the job now; stop without writing anything more."""


def job(kind: str) -> Callable[[JobFunction], JobFunction]:
    """Register a function as the work of jobs of `kind`."""

    def register(function: JobFunction) -> JobFunction:
        _functions[kind] = function
        return function

    return register


class JobFailed(Exception):
    """Work that was waited for came to nothing; the message is what went wrong with it."""


class Progress:
    """What a job function reports to. Every report renews the lease or raises `LeaseLost`."""

    def __init__(self, job: Job, meanwhile: Callable[[], object] | None = None) -> None:
        self.job, self.meanwhile = job, meanwhile
        self.checkpoint: dict[str, Any] = dict(job.checkpoint)

    def report(self, *, done: int, total: int, step: str) -> None:
        held = Job.objects.filter(pk=self.job.pk, holder=self.job.holder, state=JobState.RUNNING)
        if not held.update(
            lease_until=clock.now() + settings.JOB_LEASE,
            done=done,
            total=total,
            step=step,
            checkpoint=self.checkpoint,
        ):
            raise LeaseLost(str(self.job.pk))
        if self.meanwhile:
            self.meanwhile()

    def in_chunks(self, chunk: Callable[[], int], left: Callable[[], int], *, step: str) -> None:
        """Do `chunk` until it finds nothing, each in a transaction with the lease: a worker that
        lost it writes nothing more. `left`: how many are still to come."""
        done, some = self.job.done, 1
        while some:
            with transaction.atomic():
                some = chunk()
                done += some
                self.report(done=done, total=done + left(), step=step)


def can_run_job(actor: Actor) -> Verdict:
    if actor.has_perm("core.run_job"):
        return ALLOWED
    return forbidden(_("Only operators may start or retry jobs."))


@transaction.atomic
def start_job(actor: Actor, *, kind: str, key: str = "", args: dict[str, Any] | None = None) -> Job:
    """Queue a job. Refused while one of the same kind and key is unfinished."""
    can_run_job(actor).require()
    return queue_job(actor, kind=kind, key=key, args=args)


@transaction.atomic
def queue_job(actor: Actor, *, kind: str, key: str = "", args: dict[str, Any] | None = None) -> Job:
    """The same for services that asked a rule of their own, such as imports."""
    now = clock.now()
    new = Job(
        kind=kind,
        key=key,
        args=args or {},
        created_by_id=actor.user_id,
        created_at=now,
        lease_until=now,
    )
    try:
        with transaction.atomic():
            new.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(conflict(UNDER_WAY)) from error
    audit.record(actor, "start_job", new, after={"kind": kind, "args": new.args})
    transaction.on_commit(lambda: send_task("portal.core.tasks.run_job", str(new.pk)), robust=True)
    return new


@transaction.atomic
def retry_job(actor: Actor, *, job: Job) -> Job:
    """Queue a failed job again from its checkpoint."""
    can_run_job(actor).require()
    return requeue_job(actor, job=job)


@transaction.atomic
def requeue_job(actor: Actor, *, job: Job) -> Job:
    """The same for services that asked a rule of their own."""
    job = Job.objects.select_for_update(no_key=True).get(pk=job.pk)
    if job.state != JobState.FAILED:
        raise Refused(conflict(_("Only a failed job can be retried.")))
    job.state, job.finished_at, job.attempts, job.error = JobState.QUEUED, None, 0, ""
    job.lease_until, job.holder = clock.now(), ""  # a worker from before ends it no more
    job.save(update_fields=["state", "finished_at", "attempts", "error", "lease_until", "holder"])
    audit.record(actor, "retry_job", job, after={"kind": job.kind})
    transaction.on_commit(lambda: send_task("portal.core.tasks.run_job", str(job.pk)), robust=True)
    return job


def run_job(job_id: str, meanwhile: Callable[[], object] | None = None) -> None:
    """Take the job if nobody holds it, and do its work; `meanwhile` is called at each report."""
    taken = _take(job_id)
    if taken is None:
        return
    try:
        _function(taken.kind)(Progress(taken, meanwhile), taken.args)
    except LeaseLost:
        logger.warning("lease lost", extra={"job": job_id})
    except Exception as error:  # the row keeps what went wrong, for the page and a retry
        logger.exception("job failed", extra={"job": job_id})
        _finish(taken, JobState.FAILED, error=repr(error))
    else:
        _finish(taken, JobState.DONE)


def _function(kind: str) -> JobFunction:
    """A command that does a job itself has not read what workers read."""
    if kind not in _functions:
        autodiscover_modules("tasks")
    return _functions[kind]


def attend_job(job: Job, waiting: Callable[[], object]) -> None:
    """See the job through: do its work when nobody does, or wait for whoever does. `waiting` is
    called every so often in either case. Raises `JobFailed`."""
    while (job := Job.objects.get(pk=job.pk)).finished_at is None:
        run_job(str(job.pk), waiting)
        waiting()
        time.sleep(ATTENDING_SECONDS)
    if job.state == JobState.FAILED:
        raise JobFailed(job.error)


def sweep_jobs() -> int:
    """Send stranded jobs again and give up on those that keep dying. Returns how many were sent."""
    stranded = Job.objects.stranded(clock.now())
    for dead in stranded.filter(attempts__gte=MAX_ATTEMPTS):
        _finish(dead, JobState.FAILED, error=f"its worker died {dead.attempts} times")
    ids = list(stranded.filter(attempts__lt=MAX_ATTEMPTS).values_list("pk", flat=True))
    for pk in ids:
        send_task("portal.core.tasks.run_job", str(pk))
    return len(ids)


def _take(job_id: str) -> Job | None:
    now = clock.now()
    mine = Job.objects.stranded(now).filter(pk=job_id, attempts__lt=MAX_ATTEMPTS)
    holder = uuid.uuid4().hex
    taken = mine.update(
        state=JobState.RUNNING,
        holder=holder,
        lease_until=now + settings.JOB_LEASE,
        attempts=F("attempts") + 1,
    )
    return Job.objects.get(pk=job_id) if taken else None


def _finish(job: Job, state: JobState, error: str = "") -> None:
    now = clock.now()
    held = Job.objects.filter(pk=job.pk, holder=job.holder).unfinished()
    if held.update(state=state, error=error, finished_at=now) and state == JobState.FAILED:
        key = f"job-failed:{job.pk}:{now.timestamp()}"
        put("portal.notices.tasks.tell_failed_job", key=key, payload={"job_id": str(job.pk)})
