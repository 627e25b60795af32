"""Who lets locked people in again, and who needs a second factor."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Verdict, forbidden
from portal.parties.models import Membership, User
from portal.parties.states import Role


def can_unlock_person(actor: Actor) -> Verdict:
    if actor.has_perm("parties.unlock_user"):
        return ALLOWED
    return forbidden(_("Only operators may unlock people."))


def needs_second_factor(person: User, memberships: Iterable[Membership]) -> bool:
    """Operators, and whoever looks after a party's money."""
    return person.is_staff or any(m.role == Role.FINANCE for m in memberships)
