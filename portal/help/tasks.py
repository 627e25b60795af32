from celery import shared_task

from portal.core.actor import system_actor
from portal.help import letters, services


@shared_task
def send_mail(message_id: int) -> None:
    letters.send_message(message_id)


@shared_task
def end_tickets() -> int:
    return services.end_tickets(system_actor("task"))
