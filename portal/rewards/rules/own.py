"""Who looks at what a party has claimed and won."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Verdict, forbidden


def can_see_own_tasks(actor: Actor) -> Verdict:
    """Everybody of the party one speaks for."""
    if actor.party_id is None:
        return forbidden(_("You speak for no party."))
    return ALLOWED
