from __future__ import annotations

from typing import Any

from celery import shared_task

from portal.core import jobs
from portal.core.actor import system_actor
from portal.core.jobs import Progress, job
from portal.core.verdict import Refused
from portal.settlement import facts, selectors, services

VERIFY = "settlement.verify"


@shared_task
def agree_silent() -> int:
    """Statements whose days to answer are over."""
    return services.agree_silent(system_actor("task"))


@shared_task
def record_statement_facts() -> int:
    return facts.record_statement_facts(system_actor("task"))


@shared_task
def verify_statements() -> None:
    """As a job, so that a fault waits in the operators' queue and is told to them."""
    try:
        jobs.queue_job(system_actor("task"), kind=VERIFY)
    except Refused:
        return  # the one before is still at it


@job(VERIFY)
def verify(progress: Progress, args: dict[str, Any]) -> None:
    faults = [check for check in selectors.verification() if check.wrong]
    if faults:
        raise RuntimeError(f"statements and books differ: {faults}")
