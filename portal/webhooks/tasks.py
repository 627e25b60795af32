from celery import shared_task

from portal.core.outbox import send_task
from portal.webhooks import sending, services


@shared_task
def wake() -> None:
    """By the outbox, after a commit: it only sends the task that does the work, so that a slow
    receiver holds up no mail. If the broker loses it, beat sends it again."""
    send_task("portal.webhooks.tasks.send_webhooks")


@shared_task
def send_webhooks() -> int:
    return sending.send_due()


@shared_task
def prune_events() -> int:
    return services.prune_events()
