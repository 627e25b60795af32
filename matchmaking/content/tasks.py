from celery import shared_task

from matchmaking.content import services
from portal.core.actor import system_actor


@shared_task
def sweep_content() -> int:
    """Unanswered briefs and quotes, and pieces nobody objected to."""
    return services.sweep_orders(system_actor("task"))
