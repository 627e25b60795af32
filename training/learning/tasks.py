from celery import shared_task

from portal.core.actor import system_actor
from training.learning import services
from training.learning.facts import record_learning_facts, record_yearly_facts


@shared_task
def remind_learners() -> int:
    """A day and an hour before a meeting."""
    return services.remind_learners(system_actor("task"))


@shared_task
def settle_enrolments() -> int:
    """What came of the enrolments of sessions that are over."""
    return services.settle_enrolments(system_actor("task"))


@shared_task
def record_facts() -> int:
    """Of enrolments that ended, for the evaluation."""
    return record_learning_facts(system_actor("task"))


@shared_task
def record_hours() -> int:
    """Of the last month's end, once: what each provider learned in the year before it."""
    return record_yearly_facts(system_actor("task"))
