"""Who counts levels, and who sees whose."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.core.actor import SYSTEM, Actor
from portal.core.verdict import ALLOWED, Verdict, forbidden
from portal.parties.states import PartyKind


def can_count_levels(actor: Actor) -> Verdict:
    if actor.role == SYSTEM:
        return ALLOWED
    return forbidden(_("The platform counts this by itself, each night."))


def can_see_own_lines(actor: Actor) -> Verdict:
    if actor.party is not None and actor.party.kind == PartyKind.CREATOR:
        return ALLOWED
    return forbidden(_("Only creators have growth lines."))


def can_see_all_lines(actor: Actor) -> Verdict:
    if actor.has_perm("growth.view_linestanding"):
        return ALLOWED
    return forbidden(_("Only operators who follow growth see every creator's lines."))
