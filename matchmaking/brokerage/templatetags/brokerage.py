"""What a creator's public page says of introductions."""

from __future__ import annotations

from typing import Any

from django import template

from matchmaking.brokerage import rules
from portal.core.actor import Actor
from portal.parties.models import Party
from portal.parties.states import PartyKind

register = template.Library()


@register.inclusion_tag("brokerage/offer.html")
def introduction_offer(party: Party, actor: Actor) -> dict[str, Any]:
    """The way to a represented creator, for who may take it; the operator's way to represent."""
    if party.kind != PartyKind.CREATOR:
        return {"party": party}
    is_represented = rules.is_represented(party)
    return {
        "party": party,
        "is_represented": is_represented,
        "may_ask": is_represented and bool(rules.may_ask_at_all(actor)),
        "may_represent": not is_represented and bool(rules.can_broker(actor)),
    }
