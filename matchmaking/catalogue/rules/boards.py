"""Who hands prizes of the weekly board over."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from matchmaking.catalogue.models import BoardPlace, PrizeGiven
from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Flaw, Verdict, conflict, flawless, forbidden


def can_give_prize(actor: Actor, place: BoardPlace) -> Verdict:
    if not actor.has_perm("catalogue.give_prize"):
        return forbidden(_("Only operators with this right hand prizes over."))
    if place.prize_id is None:
        return conflict(_("This place has no prize."))
    if PrizeGiven.objects.filter(place=place).exists():
        return conflict(_("This prize was handed over already."))
    return ALLOWED


def says_how(note: str) -> Verdict:
    return flawless(() if note.strip() else [Flaw("note", _("Say how it was handed over."))])
