from celery import shared_task

from matchmaking.fairs import services
from matchmaking.fairs.facts import record_meeting_facts
from portal.core.actor import system_actor


@shared_task
def sweep_fairs() -> int:
    """Sign-up closes, the day comes, the day is over."""
    return services.sweep_fairs(system_actor("task"))


@shared_task
def follow_up_fairs() -> int:
    """What each fair had come to 7, 30 and 90 days after it."""
    return services.follow_up_fairs(system_actor("task"))


@shared_task
def record_facts() -> int:
    """Of meetings, for the evaluation."""
    return record_meeting_facts(system_actor("task"))
