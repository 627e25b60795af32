from celery import shared_task

from portal.core.actor import system_actor
from training.certificates import services


@shared_task
def sweep_certificates() -> int:
    """Those whose last day has passed; and reminders of those that end."""
    actor = system_actor("task")
    return services.expire_certificates(actor) + services.remind_certificates(actor)
