from celery import shared_task

from matchmaking.needs import services
from matchmaking.needs.facts import record_need_facts
from portal.core.actor import system_actor


@shared_task
def expire_needs() -> int:
    return services.expire_needs(system_actor("task"))


@shared_task
def sweep_talks() -> int:
    return services.sweep_talks(system_actor("task"))


@shared_task
def refresh_paces() -> int:
    return services.refresh_paces(system_actor("task"))


@shared_task
def refresh_results() -> int:
    return services.refresh_results(system_actor("task"))


@shared_task
def prune_drafts() -> int:
    kinds = (services.DRAFTING, services.ANSWERING)
    return sum(kind.prune(system_actor("task")) for kind in kinds)


@shared_task
def record_facts() -> int:
    """Of leads that were answered or decided, for the evaluation."""
    return record_need_facts(system_actor("task"))
