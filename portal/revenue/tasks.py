from celery import shared_task

from portal.core import clock
from portal.core.actor import system_actor
from portal.revenue import bill_facts, cold_starts, facts, services


@shared_task
def expire_versions() -> int:
    actor = system_actor("task")
    services.remind_of_seals(actor)
    return services.expire_versions(actor)


@shared_task
def sweep_bills() -> int:
    """Raise what is due soon, tell what is late, measure targets whose days are over."""
    actor = system_actor("task")
    raised = services.raise_bills(actor) + services.raise_onward(actor)
    return raised + services.tell_late_bills(actor) + services.measure_bills(actor)


@shared_task
def mark_orders() -> int:
    return services.mark_told_orders(system_actor("task"))


@shared_task
def record_order_facts() -> int:
    return facts.record_order_facts(system_actor("task"), until=clock.today())


@shared_task
def count_turnovers() -> int:
    return services.count_turnovers(system_actor("task"), until=clock.today())


@shared_task
def record_cold_starts() -> int:
    return cold_starts.record_cold_starts(system_actor("task"), until=clock.today())


@shared_task
def record_bill_facts() -> int:
    return bill_facts.record_bill_facts(system_actor("task"))
