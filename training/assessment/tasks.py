from celery import shared_task

from portal.core.actor import system_actor
from training.assessment import services
from training.assessment.facts import record_work_facts


@shared_task
def sweep_assessment() -> int:
    """Attempts whose time is over, works without markers, marks that are late."""
    return services.sweep_assessment(system_actor("task"))


@shared_task
def record_facts() -> int:
    """Of practical works that were marked, for the evaluation."""
    return record_work_facts(system_actor("task"))
