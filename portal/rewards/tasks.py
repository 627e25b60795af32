from __future__ import annotations

from contextlib import suppress
from typing import Any

from celery import shared_task
from django.db import transaction
from django.utils.translation import gettext_noop

from portal.core import jobs
from portal.core.actor import actor_again, system_actor
from portal.core.jobs import Progress, job
from portal.core.verdict import Refused
from portal.rewards import facts, selectors, services
from portal.rewards.models import Task
from portal.rewards.services.batches import waiting_of

VERIFY = "rewards.verify"
GRANTING = gettext_noop("Granting rewards")


@job(services.GRANT)
def grant(progress: Progress, args: dict[str, Any]) -> None:
    """Some claims a transaction, with the lease: a worker that lost it grants nothing more."""
    task = Task.objects.get(pk=args["task"])
    user = args.get("user")
    actor = actor_again(user, None, "task") if user else system_actor("task")
    done, is_more = progress.job.done, True
    while is_more:
        with transaction.atomic():
            some = services.grant_some(actor, task=task)
            done, is_more = done + some, some > 0
            left = waiting_of(actor, task).count()
            progress.report(done=done, total=done + left, step=GRANTING)


@shared_task
def record_steps() -> int:
    return services.record_known_steps(system_actor("task"))


@shared_task
def refresh_remedies() -> int:
    return services.refresh_remedies(system_actor("task"))


@shared_task
def expire_claims() -> int:
    return services.expire_claims(system_actor("task"))


@shared_task
def expire_coupons() -> int:
    return services.expire_coupons(system_actor("task"))


@shared_task
def pay_rewards() -> int:
    return services.pay_rewards(system_actor("task"))


@shared_task
def record_facts() -> int:
    return facts.record_task_facts(system_actor("task"))


@shared_task
def verify_rewards() -> None:
    """As a job, so that a fault waits in the operators' queue and is told to them."""
    with suppress(Refused):  # the one before is still at it
        jobs.queue_job(system_actor("task"), kind=VERIFY)


@job(VERIFY)
def verify(progress: Progress, args: dict[str, Any]) -> None:
    faults = [check for check in selectors.verification() if check.wrong]
    if faults:
        raise RuntimeError(f"pools and their rows differ: {faults}")
