from celery import shared_task

from matchmaking.content import services
from matchmaking.content.facts import record_content_facts
from portal.core.actor import system_actor


@shared_task
def sweep_content() -> int:
    """Unanswered briefs and quotes, and pieces nobody objected to."""
    return services.sweep_orders(system_actor("task"))


@shared_task
def record_facts() -> int:
    """Of pieces that were shown in time or not, for the evaluation."""
    return record_content_facts(system_actor("task"))
