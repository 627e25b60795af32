from celery import shared_task

from portal.core.actor import system_actor
from portal.revenue import services


@shared_task
def expire_versions() -> int:
    return services.expire_versions(system_actor("task"))
