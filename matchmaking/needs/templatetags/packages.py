"""Packages on a public profile, whose page knows no needs."""

from __future__ import annotations

from typing import Any

from django import template

from matchmaking.needs import rules, selectors
from portal.core.actor import Actor
from portal.parties.models import Party
from portal.parties.states import PartyKind

register = template.Library()


@register.inclusion_tag("needs/profile_offers.html")
def service_offers_of(party: Party, actor: Actor) -> dict[str, Any]:
    """What can be ordered of a party, and the way to ask it directly:
    `{% service_offers_of provider actor %}`."""
    is_merchant = actor.party is not None and actor.party.kind == PartyKind.MERCHANT
    return {
        "party": party,
        "offers": selectors.service_offers_of(party.pk),
        "may_ask": is_merchant and bool(rules.is_reached_directly(party)),
    }
