"""Who may keep a shortlist and searches."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Verdict, conflict, forbidden, unmet
from portal.directory.models import SavedSearch, ShortlistEntry
from portal.directory.models.searches import LONGEST_QUERY
from portal.parties.models import Party

MOST_ENTRIES = 200
MOST_SEARCHES = 20


def can_keep_shortlist(actor: Actor) -> Verdict:
    if actor.party is None:
        return forbidden(_("Register a party first: a shortlist belongs to it."))
    return ALLOWED


def can_add_shortlist_entry(actor: Actor, party: Party) -> Verdict:
    if not (verdict := can_keep_shortlist(actor)):
        return verdict
    if actor.speaks_for(party.pk):
        return conflict(_("This is your own party."))
    if ShortlistEntry.objects.visible_to(actor).count() >= MOST_ENTRIES:
        return unmet(_("The shortlist is full; take somebody off it first."))
    return ALLOWED


def can_save_search(actor: Actor) -> Verdict:
    if actor.party is None:
        return forbidden(_("Register a party first: you search on its behalf."))
    return ALLOWED


def can_save_another_search(actor: Actor, *, kind: str, name: str, query: str) -> Verdict:
    if not (verdict := can_save_search(actor)):
        return verdict
    mine = SavedSearch.objects.visible_to(actor)
    if mine.count() >= MOST_SEARCHES:
        return unmet(_("You have saved as many searches as there is room for; delete one first."))
    if mine.filter(kind=kind, query=query).exists():
        return conflict(_("You have saved this search already."))
    if mine.filter(name=name).exists():
        return conflict(_("You have another search of this name."))
    if len(query) > LONGEST_QUERY:
        return unmet(_("These are too many filters to be saved."))
    return ALLOWED


def can_export_directory(actor: Actor) -> Verdict:
    if actor.user is None:
        return forbidden(_("Sign in first: each person may export so many rows a day."))
    return ALLOWED
