from celery import shared_task

from matchmaking.recruiting import services
from portal.core.actor import system_actor


@shared_task
def expire_posts() -> int:
    return services.expire_posts(system_actor("task"))


@shared_task
def sweep_applications() -> int:
    """A word to those who have not answered for long, and the end of what nobody answered."""
    actor = system_actor("task")
    return services.remind_of_applications(actor) + services.lapse_applications(actor)


@shared_task
def prune_post_drafts() -> int:
    return services.DRAFTING.prune(system_actor("task"))


@shared_task
def tell_suggestions() -> int:
    return services.tell_suggestions(system_actor("task"))
