"""Who lets locked people in again, and who needs a second factor."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Verdict, forbidden
from portal.parties.models import Membership, PayoutAccount, User
from portal.parties.states import PAYING, Role


def can_unlock_person(actor: Actor) -> Verdict:
    if actor.has_perm("parties.unlock_user"):
        return ALLOWED
    return forbidden(_("Only operators may unlock people."))


def needs_second_factor(person: User, memberships: Iterable[Membership]) -> bool:
    """Operators, whoever looks after a party's money, and the owner once there is an account to
    which it is paid."""
    if person.is_staff:
        return True
    paying = [m for m in memberships if m.role in PAYING]
    if any(m.role == Role.FINANCE for m in paying):
        return True
    owned = [m.party_id for m in paying]
    return bool(owned) and PayoutAccount.objects.standing().filter(party__in=owned).exists()
