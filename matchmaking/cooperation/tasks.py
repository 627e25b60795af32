from celery import shared_task

from matchmaking.cooperation import services
from matchmaking.cooperation.facts import record_cooperation_facts
from portal.core.actor import system_actor


@shared_task
def sweep_cooperations() -> int:
    """What the calendar does: begins, resumptions, ends, unanswered changes, reviews to show."""
    actor = system_actor("task")
    return (
        services.sweep_cooperations(actor)
        + services.expire_amendments(actor)
        + services.note_payments(actor)
        + services.publish_reviews(actor)
        + services.sweep_disputes(actor)
        + services.settle_cooperations(actor)
    )


@shared_task
def remind_of_obligations() -> int:
    """And of reviews whose days end."""
    return services.remind_of_obligations() + services.remind_of_reviews()


@shared_task
def record_facts() -> int:
    """Of months of work, renewals, reviews and targets, for the evaluation."""
    return record_cooperation_facts(system_actor("task"))


@shared_task
def bill_fees() -> int:
    """Of the months that begin."""
    return services.bill_fees(system_actor("task"))
