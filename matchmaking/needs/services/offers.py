"""How a version of the terms comes to be: appended, and carried on the proposal's row."""

from __future__ import annotations

from matchmaking.needs.fields import OfferFields
from matchmaking.needs.models import Offer, Proposal
from matchmaking.needs.states import Side
from portal.core import clock
from portal.core.actor import Actor


def append_offer(
    actor: Actor,
    proposal: Proposal,
    fields: OfferFields,
    side: Side,
    *,
    agrees_to: int | None = None,
) -> Offer:
    """The next version; the proposal's row carries its terms."""
    for name in ("monthly_fee_fen", "share_bp", "is_guarantee", "starts_on", "term_months"):
        setattr(proposal, name, getattr(fields, name))
    proposal.ladder = [list(step) for step in fields.ladder]
    proposal.version, proposal.offered_by = proposal.version + 1, side
    proposal.save()
    return Offer.objects.create(
        proposal=proposal,
        number=proposal.version,
        side=side,
        agrees_to=agrees_to,
        monthly_fee_fen=fields.monthly_fee_fen,
        share_bp=fields.share_bp,
        ladder=proposal.ladder,
        is_guarantee=fields.is_guarantee,
        starts_on=fields.starts_on,
        term_months=fields.term_months,
        note=fields.note.strip(),
        by=actor.user,
        at=clock.now(),
    )


def terms_of(proposal: Proposal) -> OfferFields:
    """The terms on the table."""
    assert proposal.monthly_fee_fen is not None
    assert proposal.share_bp is not None
    assert proposal.starts_on is not None
    return OfferFields(
        monthly_fee_fen=proposal.monthly_fee_fen,
        share_bp=proposal.share_bp,
        ladder=[(step[0], step[1]) for step in proposal.ladder],
        is_guarantee=proposal.is_guarantee,
        starts_on=proposal.starts_on,
        term_months=proposal.months,
    )
