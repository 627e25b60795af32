"""Who is rated, and who looks at their own rating."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Refused, Verdict, forbidden
from portal.parties.models import Party
from portal.parties.states import PartyKind

RATED_KINDS = frozenset({PartyKind.PROVIDER, PartyKind.AGENCY})


def can_see_own_rating(actor: Actor) -> Verdict:
    """Everybody who speaks for a provider or an agency, whatever their role."""
    if actor.party is None or actor.party.kind not in RATED_KINDS:
        return forbidden(_("Only service providers and agencies are rated; you speak for neither."))
    return ALLOWED


def rated_party(actor: Actor) -> Party:
    """The party whose own rating this person may look at; refused for others."""
    if not (verdict := can_see_own_rating(actor)) or actor.party is None:
        raise Refused(verdict)
    return actor.party
