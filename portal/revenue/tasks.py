from celery import shared_task

from portal.core import clock
from portal.core.actor import system_actor
from portal.revenue import services


@shared_task
def expire_versions() -> int:
    return services.expire_versions(system_actor("task"))


@shared_task
def mark_orders() -> int:
    return services.mark_orders(system_actor("task"), until=clock.today())
