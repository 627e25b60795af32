"""Changes of a party's shortlist."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.directory import rules
from portal.directory.models import ShortlistEntry
from portal.parties.models import Party

KEPT_AFTER_REMOVAL = timedelta(days=30)


@transaction.atomic
def add_shortlist_entry(actor: Actor, *, party: Party, note: str = "") -> ShortlistEntry:
    """Remember a party; a second time changes nothing. One taken off lately has its note again."""
    rules.can_keep_shortlist(actor).require()
    assert actor.party is not None
    assert actor.user is not None
    Party.objects.select_for_update(no_key=True).get(pk=actor.party.pk)  # counts the entries
    entry = ShortlistEntry.objects.of(actor).filter(party=party).first()
    if entry is not None and entry.removed_at is None:
        return entry
    rules.can_add_shortlist_entry(actor, party).require()
    entry = entry or ShortlistEntry(owner=actor.party, party=party)
    entry.added_by, entry.added_at, entry.removed_at = actor.user, clock.now(), None
    entry.note = note or entry.note
    entry.save()
    audit.record(actor, "add_shortlist_entry", entry, after={"party": party.pk})
    return entry


@transaction.atomic
def note_shortlist_entry(actor: Actor, *, entry: ShortlistEntry, note: str) -> ShortlistEntry:
    """Write what colleagues should know of somebody on the list."""
    rules.can_keep_shortlist(actor).require()
    entry = ShortlistEntry.objects.visible_to(actor).select_for_update(no_key=True).get(pk=entry.pk)
    if entry.note != note:
        entry.note = note
        entry.save(update_fields=["note"])
        # The note itself is the party's own business.
        audit.record(actor, "note_shortlist_entry", entry, after={"length": len(note)})
    return entry


@transaction.atomic
def remove_shortlist_entry(actor: Actor, *, party: Party) -> None:
    """Take a party off; one that is not on it changes nothing. It can be put back for a while."""
    rules.can_keep_shortlist(actor).require()
    kept = ShortlistEntry.objects.visible_to(actor).select_for_update(no_key=True)
    entry = kept.filter(party=party).first()
    if entry is not None:
        entry.removed_at = clock.now()
        entry.save(update_fields=["removed_at"])
        audit.record(actor, "remove_shortlist_entry", entry, before={"party": party.pk})


def forget_removed_entries() -> int:
    """Delete what was taken off long ago."""
    past = clock.now() - KEPT_AFTER_REMOVAL
    return ShortlistEntry.objects.filter(removed_at__lt=past).delete()[0]
