from celery import shared_task

from portal.core import clock
from portal.core.actor import system_actor
from portal.goals import services


@shared_task
def count_goals() -> int:
    return services.count_goals(system_actor("task"), until=clock.today())
