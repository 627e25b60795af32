"""Beat and workers: each task calls a service and is safe to run twice."""

from celery import shared_task

from portal.core import jobs, outbox, retention


@shared_task
def dispatch_outbox() -> int:
    return outbox.dispatch()


@shared_task
def run_job(job_id: str) -> None:
    jobs.run_job(job_id)


@shared_task
def sweep_jobs() -> int:
    return jobs.sweep_jobs()


@shared_task
def prune() -> int:
    return retention.prune()
