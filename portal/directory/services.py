"""Changes of what a party keeps of its searches."""

from __future__ import annotations

from django.db import transaction

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.directory import rules
from portal.directory.models import ShortlistEntry
from portal.parties.models import Party


@transaction.atomic
def add_shortlist_entry(actor: Actor, *, party: Party) -> None:
    """Remember a party; a second time changes nothing."""
    rules.can_add_shortlist_entry(actor, party).require()
    assert actor.user is not None
    entry, is_new = ShortlistEntry.objects.get_or_create(
        owner=actor.party,
        party=party,
        defaults={"added_by": actor.user, "added_at": clock.now()},
    )
    if is_new:
        audit.record(actor, "add_shortlist_entry", entry, after={"party": party.pk})


@transaction.atomic
def remove_shortlist_entry(actor: Actor, *, party: Party) -> None:
    """Forget a party; one that is not remembered changes nothing."""
    rules.can_keep_shortlist(actor).require()
    entry = ShortlistEntry.objects.visible_to(actor).filter(party=party).first()
    if entry is not None:
        audit.record(actor, "remove_shortlist_entry", entry, before={"party": party.pk})
        entry.delete()
