"""The award: a cooperation begins, and everybody else is told why not."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_noop

from matchmaking.cooperation.models import Cooperation
from matchmaking.cooperation.services import Terms, open_cooperation
from matchmaking.needs import selectors, states
from matchmaking.needs.models import Proposal
from matchmaking.needs.services.changes import (
    change_need_status,
    change_proposal_status,
    end_proposal,
    live_proposals,
    tell_merchant,
    tell_provider,
)
from matchmaking.needs.services.losses import note_standings
from matchmaking.needs.services.responses import note_silence
from matchmaking.needs.states import LossReason, NeedStatus, ProposalStatus
from matchmaking.needs.through import through
from portal.core.actor import Actor


def award(actor: Actor, proposal: Proposal) -> Cooperation:
    """What follows once both sides have said yes to the terms on the table."""
    need = proposal.need
    cooperation = open_cooperation(
        actor,
        door=through(proposal),
        merchant=need.merchant,
        provider=proposal.provider,
        terms=terms_of_award(
            proposal,
            service_ids=[service.pk for service in need.services.all()],
            category_ids=[category.pk for category in need.categories.all()],
        ),
    )
    proposal.cooperation = cooperation
    proposal.concerns = selectors.concerns_of(need, [proposal])[proposal.provider_id]
    change_proposal_status(actor, proposal, ProposalStatus.ACCEPTED, verb="accept_proposal")
    change_need_status(actor, need, NeedStatus.AWARDED, verb="award_need")
    tell_provider(
        proposal,
        "accepted",
        gettext_noop("%(merchant)s accepted your proposal for “%(need)s”."),
        url=cooperation.get_absolute_url(),
    )
    tell_merchant(
        proposal,
        "accepted",
        gettext_noop("Cooperation with %(provider)s on “%(need)s” has begun."),
        url=cooperation.get_absolute_url(),
    )
    note_standings(proposal)
    for other in live_proposals(need):
        _lose_to_another(actor, other)
    return cooperation


def decline(actor: Actor, proposal: Proposal, reason: LossReason, note: str = "") -> None:
    end_proposal(actor, proposal, ProposalStatus.DECLINED, reason, note, verb="decline_proposal")
    sentence = gettext_noop("Your proposal for “%(need)s” was declined: %(t_reason)s.")
    tell_provider(proposal, "declined", sentence)


def _lose_to_another(actor: Actor, proposal: Proposal) -> None:
    if proposal.status in states.ANSWERABLE:
        decline(actor, proposal, LossReason.ANOTHER)
        return
    note_silence(proposal)
    end_proposal(
        actor, proposal, ProposalStatus.EXPIRED, LossReason.ANOTHER, verb="expire_proposal"
    )
    tell_provider(
        proposal, "lapsed", gettext_noop("The need “%(need)s” was awarded to somebody else.")
    )


def terms_of_award(
    proposal: Proposal, service_ids: Sequence[int] = (), category_ids: Sequence[int] = ()
) -> Terms:
    need = proposal.need
    assert proposal.monthly_fee_fen is not None
    assert proposal.share_bp is not None
    assert proposal.begins_on is not None
    return Terms(
        title=need.title,
        scope=selectors.scope_agreed(proposal),
        monthly_fee_fen=proposal.monthly_fee_fen,
        share_bp=proposal.share_bp,
        ladder=proposal.ladder,
        is_guarantee=proposal.is_guarantee,
        starts_on=proposal.begins_on,
        term_months=proposal.months,
        service_ids=service_ids,
        category_ids=category_ids,
        city_id=need.city_id,
        accepts_remote=need.accepts_remote,
        team=proposal.team,
        gmv_target_fen=need.gmv_target_fen,
        service_level=proposal.service_level,
    )
