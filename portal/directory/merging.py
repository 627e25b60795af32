"""Shortlists and saved searches of two parties that become one, and who has them on a list."""

from __future__ import annotations

from django.db.models import Q

from portal.directory.models import SavedSearch, ShortlistEntry
from portal.parties.merges import Fate, moves_by
from portal.parties.models import Party


@moves_by(ShortlistEntry, "owner")
def move_shortlist(survivor: Party, absorbed: Party) -> None:
    """Nobody twice, and neither of the two themselves."""
    theirs, ours = (ShortlistEntry.objects.filter(owner=one) for one in (absorbed, survivor))
    theirs.filter(Q(party__in=ours.values("party")) | Q(party=survivor)).delete()
    ours.filter(party=absorbed).delete()
    theirs.update(owner=survivor)


@moves_by(ShortlistEntry, "party", Fate.MOVES)
def move_listed(survivor: Party, absorbed: Party) -> None:
    """Who kept the one in mind keeps the other."""
    named = ShortlistEntry.objects.filter(party=absorbed)
    both = ShortlistEntry.objects.filter(party=survivor).values("owner")
    named.filter(Q(owner__in=both) | Q(owner=survivor)).delete()
    named.update(party=survivor)


@moves_by(SavedSearch, "party")
def move_searches(survivor: Party, absorbed: Party) -> None:
    """A person's searches for either; the same question or name once."""
    for search in SavedSearch.objects.filter(party=absorbed):
        same = SavedSearch.objects.filter(party=survivor, person=search.person_id)
        is_known = Q(kind=search.kind, query=search.query) | Q(name=search.name)
        if not same.filter(is_known).exists():
            search.party = survivor
            search.save(update_fields=["party"])
