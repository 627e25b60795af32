from celery import shared_task

from portal.conduct import services
from portal.core.actor import system_actor


@shared_task
def sweep_conduct() -> int:
    """Hearings, appeals, lapses, corrective actions, measures."""
    actor = system_actor("task")
    return (
        services.sweep_cases(actor) + services.sweep_actions(actor) + services.sweep_measures(actor)
    )
