from celery import shared_task

from matchmaking.fairs import services
from portal.core.actor import system_actor


@shared_task
def sweep_fairs() -> int:
    """Sign-up closes, the day comes, the day is over."""
    return services.sweep_fairs(system_actor("task"))
