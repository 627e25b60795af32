from __future__ import annotations

from typing import Any

from celery import shared_task
from django.db import transaction
from django.utils.translation import gettext_noop

from portal.core import jobs
from portal.core.actor import actor_again, system_actor
from portal.core.jobs import Progress, job
from portal.core.verdict import Refused
from portal.payouts import selectors, services
from portal.payouts.models import Batch, Item
from portal.payouts.states import ItemStatus

VERIFY = "payouts.verify"
BOOKING = gettext_noop("Booking the transfers")


@job(services.APPROVE)
def approve(progress: Progress, args: dict[str, Any]) -> None:
    """Some transfers a transaction, with the lease: a worker that lost it books nothing more."""
    batch = Batch.objects.get(pk=args["batch"])
    actor = actor_again(batch.approved_by_id, None, "task")
    total = Item.objects.filter(batch=batch).count()
    is_more = True
    while is_more:
        with transaction.atomic():
            is_more = services.approve_some(actor, batch=batch) > 0
            left = Item.objects.filter(batch=batch, status=ItemStatus.PLANNED).count()
            progress.report(done=total - left, total=total, step=BOOKING)
    services.end_approval(actor, batch=batch)


@shared_task
def sweep_trials() -> int:
    return services.sweep_trials(system_actor("task"))


@shared_task
def verify_payouts() -> None:
    """As a job, so that a fault waits in the operators' queue and is told to them."""
    try:
        jobs.queue_job(system_actor("task"), kind=VERIFY)
    except Refused:
        return  # the one before is still at it


@job(VERIFY)
def verify(progress: Progress, args: dict[str, Any]) -> None:
    faults = [check for check in selectors.verification() if check.wrong]
    if faults:
        raise RuntimeError(f"transfers and books differ: {faults}")
