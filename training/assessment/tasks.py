from celery import shared_task

from portal.core.actor import system_actor
from training.assessment import services


@shared_task
def sweep_assessment() -> int:
    """Attempts whose time is over, works without markers, marks that are late."""
    return services.sweep_assessment(system_actor("task"))
