from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from matchmaking.cooperation.models import Cooperation
from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Verdict, forbidden
from portal.parties import states


def can_reveal_contact(actor: Actor, cooperation: Cooperation) -> Verdict:
    """Contacts are for those who manage one of the two sides."""
    if actor.party_id not in (cooperation.merchant_id, cooperation.provider_id):
        return forbidden(_("Contacts are shown to the two sides of the cooperation only."))
    if actor.role not in states.MANAGING:
        return forbidden(_("Only the owner or a manager of the party may do this."))
    return ALLOWED
