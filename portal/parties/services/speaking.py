"""What changes of a party's members share: one line to wait in, and how somebody is told."""

from __future__ import annotations

from typing import Any

from portal.core import clock
from portal.core.actor import Actor
from portal.notices.services import notify
from portal.parties.models import Membership, Party, User


def lock_members(actor: Actor, party: Party) -> Actor:
    """Everything about a party's members waits in this line. Returns the actor with the role they
    have now: it may have changed while they waited."""
    locked = Party.objects.select_for_update(no_key=True).values_list("status", flat=True)
    party.status = locked.get(pk=party.pk)
    if actor.user is None or not actor.speaks_for(party.pk):
        return actor
    membership = Membership.objects.filter(user=actor.user, party=party).first()
    if membership is None:
        return Actor(actor.user, None, "person", actor.via, actor.key_id)
    return Actor(actor.user, actor.party, membership.role, actor.via, actor.key_id)


def tell_member(
    person: User,
    party: Party,
    *,
    event: str,
    sentence: str,
    params: dict[str, Any],
    url: str = "",
) -> None:
    notify(
        [person.pk],
        party_id=party.pk,
        event=event,
        key=f"{event}:{party.pk}:{clock.now().isoformat()}",
        sentence=sentence,
        params=params,
        url=url or members_url(party),
    )


def members_url(party: Party) -> str:
    return f"{party.get_absolute_url()}members/"
