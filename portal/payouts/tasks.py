from __future__ import annotations

from typing import Any

from celery import shared_task
from django.utils.translation import gettext_noop

from portal.core.actor import actor_again, system_actor
from portal.core.jobs import Progress, job
from portal.core.verifying import nightly
from portal.payouts import selectors, services
from portal.payouts.models import Batch, Item
from portal.payouts.states import ItemStatus

verify = nightly("payouts.verify", "transfers and books differ", selectors.verification)
BOOKING = gettext_noop("Booking the transfers")


@job(services.APPROVE)
def approve(progress: Progress, args: dict[str, Any]) -> None:
    batch = Batch.objects.get(pk=args["batch"])
    actor = actor_again(batch.approved_by_id, None, "task")
    left = Item.objects.filter(batch=batch, status=ItemStatus.PLANNED).count
    progress.in_chunks(lambda: services.approve_some(actor, batch=batch), left, step=BOOKING)
    services.end_approval(actor, batch=batch)


@shared_task
def sweep_trials() -> int:
    return services.sweep_trials(system_actor("task"))


@shared_task
def verify_payouts() -> None:
    verify()
