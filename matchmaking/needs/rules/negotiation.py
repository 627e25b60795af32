"""Who may offer other terms, agree and accept; and that nobody answers what is gone."""

from __future__ import annotations

from django.utils.translation import gettext as _

from matchmaking.cooperation.rules import are_in_one_world
from matchmaking.needs import states
from matchmaking.needs.models import Proposal
from matchmaking.needs.rules.needs import can_decide_proposal, is_blocked
from matchmaking.needs.states import NeedStatus, Side
from portal.core import clock
from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Verdict, conflict, forbidden, unmet
from portal.parties.rules import can_manage_party

MOST_OFFERS = 30  # of one proposal


def side_of(actor: Actor, proposal: Proposal) -> Side:
    return Side.BIDDER if actor.speaks_for(proposal.provider_id) else Side.MERCHANT


def offer_is_as_seen(proposal: Proposal, seen: int) -> Verdict:
    """An answer names the version it answers."""
    if proposal.version != seen:
        sentence = _("This changed meanwhile: version %(n)s is on the table. Look at it first.")
        return conflict(sentence % {"n": proposal.version})
    return ALLOWED


def can_counter_offer(actor: Actor, proposal: Proposal) -> Verdict:
    """Either side, while the proposal stands: an answer to the other's, or a better own one."""
    if side_of(actor, proposal) == Side.MERCHANT:
        verdict = can_decide_proposal(actor, proposal)
    else:
        verdict = _can_answer(actor, proposal)
    if not verdict:
        return verdict
    is_over = proposal.version >= MOST_OFFERS
    if is_over or is_blocked(proposal.need.merchant_id, proposal.provider_id):
        return conflict(_("No more terms can be offered here; accept, decline or step back."))
    return ALLOWED


def can_agree_offer(actor: Actor, proposal: Proposal) -> Verdict:
    """The bidder, to what the merchant offered last."""
    if not (verdict := _can_answer(actor, proposal)):
        return verdict
    if proposal.waits_for_merchant:
        return conflict(_("The last offer is your own; the merchant answers it."))
    return _can_confirm_order(proposal) if proposal.need.is_order else ALLOWED


def _can_confirm_order(proposal: Proposal) -> Verdict:
    """A yes to an order begins the cooperation, so all that an award asks is asked here."""
    answer_by = proposal.need.answer_by
    if proposal.version == 1 and answer_by is not None and answer_by < clock.now():
        return conflict(_("The time to answer this order is over."))
    if not proposal.need.merchant.is_trusted:
        return unmet(_("The merchant is not verified at the moment."))
    if not proposal.provider.is_trusted:
        return unmet(_("The bidder is not verified at the moment."))
    return are_in_one_world(proposal.need.merchant, proposal.provider)


def _can_answer(actor: Actor, proposal: Proposal) -> Verdict:
    if not (verdict := can_manage_party(actor, proposal.provider)):
        return verdict
    if proposal.need.status in {NeedStatus.AWARDED, NeedStatus.CLOSED}:
        return conflict(_("This need has been awarded already."))
    if proposal.status not in states.ANSWERABLE:
        return conflict(_("This proposal no longer stands."))
    return ALLOWED


def can_see_losses(actor: Actor) -> Verdict:
    """Each side's own."""
    if actor.party_id is None:
        return forbidden(_("Switch to a party first."))
    return ALLOWED
