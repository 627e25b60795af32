from __future__ import annotations

from typing import Any

from celery import shared_task

from portal.core import jobs
from portal.core.actor import system_actor
from portal.core.jobs import Progress, job
from portal.core.verdict import Refused
from portal.ledger import selectors, services

VERIFY = "ledger.verify"


@shared_task
def move_checkpoints() -> int:
    return services.move_checkpoints(system_actor("task"))


@shared_task
def verify_ledger() -> None:
    """As a job, so that a fault waits in the operators' queue and is told to them."""
    try:
        jobs.queue_job(system_actor("task"), kind=VERIFY)
    except Refused:
        return  # the one before is still at it


@job(VERIFY)
def verify(progress: Progress, args: dict[str, Any]) -> None:
    faults = [check for check in selectors.verification() if check.wrong]
    if faults:
        raise RuntimeError(f"the books are wrong: {faults}")
