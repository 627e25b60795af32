"""Who somebody is now, for work that goes on after their request."""

from __future__ import annotations

from portal.core.actor import OPERATOR, SYSTEM, Actor, anonymous_actor
from portal.parties.middleware import NO_PARTY
from portal.parties.models import Membership, User


def actor_again(user_id: int | None, party_id: int | None, via: str) -> Actor:
    """The person with the role they have now; whoever left the party speaks for it no more."""
    if user_id is None:
        return Actor(user=None, party=None, role=SYSTEM, via=via)
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        return anonymous_actor(via)
    mine = Membership.objects.filter(user=user, party=party_id).select_related("party__city")
    membership = mine.first()
    if membership is None:
        role = OPERATOR if user.is_staff else NO_PARTY
        return Actor(user=user, party=None, role=role, via=via)
    return Actor(user=user, party=membership.party, role=membership.role, via=via)
