from celery import shared_task

from portal.core.actor import system_actor
from training.learning import services


@shared_task
def settle_enrolments() -> int:
    """What came of the enrolments of sessions that are over."""
    return services.settle_enrolments(system_actor("task"))
