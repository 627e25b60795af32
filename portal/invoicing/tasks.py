from celery import shared_task

from portal.core import clock
from portal.core.actor import system_actor
from portal.invoicing import services


@shared_task
def count_ageing() -> int:
    return services.count_ageing(system_actor("task"), day=clock.today())


@shared_task
def sweep_invoices() -> int:
    return services.sweep_invoices(system_actor("task"))
