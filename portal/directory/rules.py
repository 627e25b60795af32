"""Who may keep a shortlist."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Verdict, conflict, forbidden, unmet
from portal.directory.models import ShortlistEntry
from portal.parties.models import Party

MOST_ENTRIES = 200


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
