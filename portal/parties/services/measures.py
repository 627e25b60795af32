"""Suspending a party, and lifting it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from portal.core import clock
from portal.core.actor import Actor
from portal.core.verdict import Flaw, Refused, flawless
from portal.parties import rules
from portal.parties.models import Party, Suspension
from portal.parties.services.parties import change_status, lock_party, tell_party
from portal.parties.states import PartyStatus

MOST_LIFTED = 500  # at once


@transaction.atomic
def suspend_party(
    actor: Actor, *, party: Party, reason: str, until: datetime | None = None
) -> Suspension:
    """Put a verified party out of work, until a moment or until somebody lifts it."""
    party = lock_party(party)
    rules.can_suspend_party(actor, party).require()
    require_reason(reason)
    now = clock.now()
    if not rules.suspension_ends_later(until, now):
        raise Refused(flawless([Flaw("until", _("This moment has passed."))]))
    suspension = Suspension.objects.create(
        party=party,
        reason=reason.strip(),
        until=until,
        by_id=actor.user_id,
        at=now,
        was=party.status,
    )
    party.status_note = suspension.reason
    change_status(actor, party, PartyStatus.SUSPENDED, verb="suspend_party", why=suspension.reason)
    tell_party(
        party,
        event="party.suspended",
        key=f"party-suspended:{suspension.pk}",
        sentence=gettext_noop("%(party)s was suspended: %(reason)s"),
        params={"party": party.name, "reason": suspension.reason[:200]},
        url=party.get_absolute_url(),
    )
    return suspension


@transaction.atomic
def lift_suspension(actor: Actor, *, party: Party, reason: str) -> Suspension:
    """End the suspension: the party stands again where it stood."""
    party = lock_party(party)
    rules.can_lift_suspension(actor, party).require()
    require_reason(reason)
    return end_suspension(actor, party, reason.strip())


def lift_due_suspensions(actor: Actor) -> int:
    """End those whose last moment has passed; how many. Each in a transaction of its own, and safe
    to run twice."""
    due = Suspension.objects.filter(
        lifted_at__isnull=True, until__lte=clock.now(), party__status=PartyStatus.SUSPENDED
    )
    related = due.select_related("party").order_by("until")
    return sum(_lift_due(actor, suspension) for suspension in related[:MOST_LIFTED])


@transaction.atomic
def _lift_due(actor: Actor, suspension: Suspension) -> int:
    party = lock_party(suspension.party)
    suspension.refresh_from_db()
    if suspension.lifted_at is not None or party.status != PartyStatus.SUSPENDED:
        return 0
    end_suspension(actor, party, "its time is over")
    return 1


def end_suspension(actor: Actor, party: Party, reason: str) -> Suspension:
    """Within a locked party that is suspended."""
    suspension = Suspension.objects.get(party=party, lifted_at__isnull=True)
    suspension.lifted_at, suspension.lifted_by_id = clock.now(), actor.user_id
    suspension.lifted_why = reason
    suspension.save(update_fields=["lifted_at", "lifted_by", "lifted_why"])
    party.status_note = ""
    change_status(actor, party, PartyStatus(suspension.was), verb="lift_suspension", why=reason)
    tell_party(
        party,
        event="party.unsuspended",
        key=f"party-unsuspended:{suspension.pk}",
        sentence=gettext_noop("The suspension of %(party)s has ended."),
        params={"party": party.name},
        url=party.get_absolute_url(),
    )
    return suspension


def require_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused(flawless([Flaw("reason", _("Say why; the applicant reads this sentence."))]))
    if len(reason.strip()) > 600:
        raise Refused(flawless([Flaw("reason", _("At most 600 characters."))]))
