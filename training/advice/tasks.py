from celery import shared_task

from portal.core.actor import system_actor
from training.advice import services


@shared_task
def remind_bookings() -> int:
    """Both sides, a day before."""
    return services.remind_bookings(system_actor("task"))
