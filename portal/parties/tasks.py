from celery import shared_task

from portal.parties import letters, services


@shared_task
def send_invitation(invitation_id: str, sending: int) -> None:
    letters.send_invitation(invitation_id, sending)


@shared_task
def expire_invitations() -> int:
    return services.expire_invitations()


@shared_task
def prune_offer_changes() -> int:
    return services.prune_offer_changes()
