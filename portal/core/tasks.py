"""Beat and workers: each task calls a service and is safe to run twice."""

from celery import shared_task

from portal.core import exports, files, imports, jobs, outbox, retention
from portal.core.actor import system_actor
from portal.core.exports import work as export_work
from portal.core.imports import work as import_work

__all__ = ["export_work", "import_work"]  # importing them registers their jobs


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


@shared_task
def erase_file(file_id: str) -> None:
    files.erase_file(file_id)


@shared_task
def prune_files() -> int:
    return files.prune_files(system_actor("task"))


@shared_task
def prune_imports() -> int:
    return imports.prune_imports(system_actor("task"))


@shared_task
def prune_exports() -> int:
    return exports.prune_exports(system_actor("task"))
