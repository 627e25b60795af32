"""Packages as they are looked for, and their orders."""

from __future__ import annotations

from matchmaking.needs.models import Proposal, ServiceOffer, ServiceOfferQuerySet
from portal.core.actor import Actor

ON_A_PROFILE = 6


def service_offers_for(actor: Actor, *, is_ours: bool, service: int = 0) -> ServiceOfferQuerySet:
    """Shown ones of everybody, or all of one's own; `service` narrows them."""
    found = ServiceOffer.objects.owned_by(actor) if is_ours else ServiceOffer.objects.shown()
    if service:
        found = found.filter(services=service)
    return found.select_related("provider__city").prefetch_related("services")


def service_offers_of(party_id: int) -> list[ServiceOffer]:
    """For its public profile."""
    return list(
        ServiceOffer.objects.shown().filter(provider=party_id).order_by("-pk")[:ON_A_PROFILE]
    )


def orders_of(actor: Actor, offer: ServiceOffer) -> list[Proposal]:
    """What was ordered of it: all to who offers it, their own to merchants."""
    if actor.party_id is None:
        return []
    found = Proposal.objects.filter(need__service_offer=offer).visible_to(actor)
    return list(found.select_related("need__merchant").order_by("-pk")[:20])
