from datetime import timedelta

from celery import shared_task

from portal.core import clock
from portal.core.actor import system_actor
from portal.growth import services


@shared_task
def count_levels() -> int:
    """Through yesterday: the day that runs is not told yet."""
    until = clock.today() - timedelta(days=1)
    return services.count_levels(system_actor("task"), until=until)
