from celery import shared_task

from portal.core.actor import system_actor
from portal.recruitment import services


@shared_task
def close_due_rounds() -> int:
    return services.close_due_rounds(system_actor("task"))
