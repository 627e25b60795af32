"""Offers and counter-offers: each is a version, none is ever changed."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext_noop

from matchmaking.needs import rules
from matchmaking.needs.fields import OfferFields
from matchmaking.needs.models import Offer, Proposal
from matchmaking.needs.services.awards import award
from matchmaking.needs.services.changes import lock_proposal, tell_merchant, tell_provider
from matchmaking.needs.services.offers import append_offer, terms_of
from matchmaking.needs.services.responses import note_offer_answered
from matchmaking.needs.states import Side
from portal.core import audit
from portal.core.actor import Actor


@transaction.atomic
def counter_offer(
    actor: Actor, *, proposal: Proposal, fields: OfferFields, version: int | None = None
) -> Offer:
    """Offer other terms, in answer to the `version` one has read: by default the proposal's own
    as it was passed."""
    seen = proposal.version if version is None else version
    proposal = lock_proposal(proposal)
    rules.can_counter_offer(actor, proposal).require()
    rules.offer_is_as_seen(proposal, seen).require()
    rules.offer_is_sound(fields, proposal.need).require()
    side = rules.side_of(actor, proposal)
    note_offer_answered(proposal, side)
    offer = append_offer(actor, proposal, fields, side)
    audit.record(actor, "counter_offer", proposal, after={"version": offer.number})
    _tell(
        offer,
        gettext_noop("%(provider)s offers other terms for “%(need)s”."),
        gettext_noop("The merchant offers other terms for “%(need)s”."),
    )
    return offer


@transaction.atomic
def agree_offer(actor: Actor, *, proposal: Proposal, version: int | None = None) -> Offer:
    """The bidder takes over the merchant's terms as its own offer; the merchant awards. What was
    ordered is awarded at once, within the time promised."""
    seen = proposal.version if version is None else version
    proposal = lock_proposal(proposal)
    rules.can_agree_offer(actor, proposal).require()
    rules.offer_is_as_seen(proposal, seen).require()
    note_offer_answered(proposal, Side.BIDDER)
    fields = replace(terms_of(proposal), note="")
    offer = append_offer(actor, proposal, fields, Side.BIDDER, agrees_to=seen)
    audit.record(actor, "agree_offer", proposal, after={"version": offer.number, "to": seen})
    if proposal.need.is_order:
        award(actor, proposal)  # the merchant said yes when it ordered
    else:
        sentence = gettext_noop("%(provider)s agrees to your terms for “%(need)s”.")
        _tell(offer, sentence, "")
    return offer


def _tell(offer: Offer, to_merchant: str, to_bidder: str) -> None:
    once = str(offer.number)
    if offer.side == Side.BIDDER:
        tell_merchant(offer.proposal, "offered", to_merchant, once=once)
    else:
        tell_provider(offer.proposal, "offered", to_bidder, once=once)
