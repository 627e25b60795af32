from celery import shared_task

from portal.core import clock
from portal.core.actor import system_actor
from portal.reconciliation import services

DAYS = 31  # counted again each night: late rows and bank rows close what was open


@shared_task
def count_days() -> int:
    return services.count_days(system_actor("task"), until=clock.today(), days=DAYS)


@shared_task
def close_statements() -> int:
    """Those of which the bank has said everything."""
    return services.close_found(system_actor("task"))
