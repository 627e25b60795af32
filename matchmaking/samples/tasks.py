from celery import shared_task

from matchmaking.samples import services
from matchmaking.samples.facts import record_sample_facts
from portal.core.actor import system_actor


@shared_task
def sweep_samples() -> int:
    """Deadlines, parcels that count as received, addresses no longer needed."""
    return services.sweep_samples(system_actor("task"))


@shared_task
def record_facts() -> int:
    """Of samples that were shown in time or not, for the evaluation."""
    return record_sample_facts(system_actor("task"))
