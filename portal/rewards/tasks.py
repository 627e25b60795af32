from __future__ import annotations

from contextlib import suppress
from typing import Any

from celery import shared_task
from django.utils.translation import gettext_noop

from portal.core.actor import actor_again, system_actor
from portal.core.jobs import Progress, job
from portal.core.verdict import Refused
from portal.core.verifying import nightly
from portal.rewards import facts, selectors, services
from portal.rewards.models import Task
from portal.rewards.services.batches import waiting_of

verify = nightly("rewards.verify", "pools and their rows differ", selectors.verification)
GRANTING = gettext_noop("Granting rewards")
PAYING = gettext_noop("Paying rewards")


@job(services.GRANT)
def grant(progress: Progress, args: dict[str, Any]) -> None:
    task = Task.objects.get(pk=args["task"])
    user = args.get("user")
    actor = actor_again(user, None, "task") if user else system_actor("task")
    left = waiting_of(actor, task).count
    progress.in_chunks(lambda: services.grant_some(actor, task=task), left, step=GRANTING)


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
def pay_rewards() -> None:
    with suppress(Refused):  # the one before is still at it
        services.pay_rewards(system_actor("task"))


@job(services.PAY)
def pay(progress: Progress, args: dict[str, Any]) -> None:
    waiting = services.owed_rewards()

    def pay_next() -> int:
        some = waiting[: services.PAID_AT_ONCE]
        del waiting[: services.PAID_AT_ONCE]
        services.pay_some(system_actor("task"), parties=some)
        return len(some)

    progress.in_chunks(pay_next, lambda: len(waiting), step=PAYING)


@shared_task
def record_facts() -> int:
    return facts.record_task_facts(system_actor("task"))


@shared_task
def verify_rewards() -> None:
    verify()
