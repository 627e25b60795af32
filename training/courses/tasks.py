from celery import shared_task

from portal.core.actor import system_actor
from training.courses import services


@shared_task
def sweep_sessions() -> int:
    """A session begins, enrolling ends, it is over."""
    return services.sweep_sessions(system_actor("task"))
