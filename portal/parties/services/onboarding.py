from __future__ import annotations

from portal.core import clock
from portal.core.actor import Actor
from portal.parties import rules
from portal.parties.models import Party, PutAway


def put_checklist_away(actor: Actor, *, party: Party) -> None:
    """Show it to this person no more; a second time changes nothing."""
    rules.can_put_checklist_away(actor, party).require()
    assert actor.user is not None
    PutAway.objects.get_or_create(user=actor.user, party=party, defaults={"at": clock.now()})
