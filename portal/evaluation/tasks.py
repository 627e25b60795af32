"""Beat and workers: each task calls a service and is safe to run twice."""

from celery import shared_task

from portal.core.actor import system_actor
from portal.evaluation import running, services, telling

__all__ = [
    "bring_methods_into_force",
    "record_roster_facts",
    "running",
    "start_due_snapshots",
    "telling",
]  # importing them registers their jobs


@shared_task
def bring_methods_into_force() -> int:
    return services.bring_methods_into_force(system_actor("task"))


@shared_task
def start_due_snapshots() -> int:
    return services.start_due_snapshots(system_actor("task"))


@shared_task
def record_roster_facts() -> int:
    return services.record_roster_facts(system_actor("task"))


@shared_task
def remind_of_appeals() -> int:
    return services.remind_of_appeals(system_actor("task"))


@shared_task
def sweep_plan_items() -> int:
    return services.sweep_plan_items(system_actor("task"))
