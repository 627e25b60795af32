"""Deadlines and letters of parties. Each task calls a service and is safe to run twice."""

from celery import shared_task

from portal.core.actor import system_actor
from portal.parties import letters, refreshing, services


@shared_task
def send_invitation(invitation_id: str, sending: int) -> None:
    letters.send_invitation(invitation_id, sending)


@shared_task
def send_roster_link(entry_id: int, reminders: int) -> None:
    letters.send_roster_link(entry_id, reminders)


@shared_task
def expire_invitations() -> int:
    return services.expire_invitations()


@shared_task
def prune_offer_changes() -> int:
    return services.prune_offer_changes()


@shared_task
def sweep_roster() -> int:
    """What runs out by itself: invitations, contracts, and the time to answer."""
    actor = system_actor("task")
    return (
        services.expire_roster(actor)
        + services.contest_unanswered(actor)
        + services.end_memberships(actor)
    )


@shared_task
def refresh_directory() -> None:
    """Each night: tiers of a new year, and whatever an edit left behind."""
    refreshing.refresh_directory_later(system_actor("task"))


@shared_task
def make_personal_export(user_id: int) -> None:
    services.make_personal_export(user_id)


@shared_task
def sweep_personal() -> int:
    """Who asked to be forgotten a week ago, and copies that stood for a day."""
    actor = system_actor("task")
    return services.erase_people(actor) + services.prune_personal_exports(actor)


@shared_task
def forget_kept_names() -> int:
    return services.forget_kept_names(system_actor("task"))


@shared_task
def send_code(code_id: str) -> None:
    letters.send_code(code_id)


@shared_task
def tell_old_phone(sealed: str, language: str) -> None:
    letters.tell_old_phone(sealed, language)


@shared_task
def prune_codes() -> int:
    return services.prune_codes()


@shared_task
def expire_documents() -> int:
    return services.expire_documents(system_actor("task"))


@shared_task
def remind_of_expiry() -> int:
    return services.remind_of_expiry(system_actor("task"))


@shared_task
def lift_due_suspensions() -> int:
    return services.lift_due_suspensions(system_actor("task"))


@shared_task
def expire_accounts() -> int:
    return services.expire_accounts(system_actor("task"))


@shared_task
def remind_of_proofs() -> int:
    return services.remind_of_proofs(system_actor("task"))
