from celery import shared_task

from portal.core.actor import system_actor
from portal.evaluation import services


@shared_task
def record_roster_facts() -> int:
    return services.record_roster_facts(system_actor("task"))
