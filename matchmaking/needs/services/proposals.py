"""Invitations and proposals, up to the award."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from matchmaking.cooperation.models import Cooperation
from matchmaking.cooperation.services import Terms, begin_cooperation
from matchmaking.cooperation.states import Door
from matchmaking.needs import rules, states
from matchmaking.needs.fields import ProposalFields
from matchmaking.needs.models import Need, Proposal
from matchmaking.needs.services.changes import (
    change_need_status,
    change_proposal_status,
    end_proposal,
    live_proposals,
    lock_need,
    lock_proposal,
    tell_merchant,
    tell_provider,
)
from matchmaking.needs.states import LossReason, NeedStatus, ProposalStatus
from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import Refused, unmet
from portal.parties.models import Party


@transaction.atomic
def invite_provider(actor: Actor, *, need: Need, provider: Party) -> Proposal:
    """Ask a provider for a proposal. Inviting twice is one invitation."""
    need = lock_need(need.pk)
    rules.can_invite_provider(actor, need, provider).require()
    rules.somebody_answers(provider).require()
    now = clock.now()
    proposal, is_new = Proposal.objects.get_or_create(
        need=need,
        provider=provider,
        defaults={"status": ProposalStatus.INVITED, "created_at": now, "invited_at": now},
    )
    if not is_new and proposal.status != ProposalStatus.APPLIED:
        return proposal
    if is_new:
        audit.record(actor, "invite_provider", proposal, after={"provider": provider.pk})
    else:  # it was drafting by itself; the invitation joins the draft
        proposal.need, proposal.invited_at = need, now
        change_proposal_status(actor, proposal, ProposalStatus.INVITED, verb="invite_provider")
    tell_provider(
        proposal, "invited", gettext_noop("%(merchant)s invites you to answer “%(need)s”.")
    )
    return proposal


@transaction.atomic
def draft_proposal(actor: Actor, *, need: Need, fields: ProposalFields) -> Proposal:
    """Keep an unfinished answer; the merchant sees nothing of it."""
    proposal = _own_proposal(actor, need)
    _write_proposal(proposal, fields)
    audit.record(actor, "draft_proposal", proposal, after={"need": need.pk})
    return proposal


@transaction.atomic
def submit_proposal(actor: Actor, *, need: Need, fields: ProposalFields) -> Proposal:
    """Answer the need."""
    proposal = _own_proposal(actor, need)
    need = proposal.need
    proposal.submitted_at = clock.now()
    _write_proposal(proposal, fields)
    change_proposal_status(actor, proposal, ProposalStatus.SUBMITTED, verb="submit_proposal")
    if need.status == NeedStatus.OPEN:
        change_need_status(actor, need, NeedStatus.MATCHED, verb="match_need")
    tell_merchant(
        proposal, "submitted", gettext_noop("%(provider)s sent a proposal for “%(need)s”.")
    )
    return proposal


@transaction.atomic
def withdraw_proposal(
    actor: Actor, *, proposal: Proposal, reason: LossReason, note: str = ""
) -> Proposal:
    """The provider steps back from an invitation or a proposal; the merchant reads why."""
    proposal = lock_proposal(proposal)
    rules.can_withdraw_proposal(actor, proposal).require()
    _check_reason(reason, states.WITHDRAW_REASONS)
    was_seen = proposal.status != ProposalStatus.APPLIED
    end_proposal(actor, proposal, ProposalStatus.WITHDRAWN, reason, note, verb="withdraw_proposal")
    if was_seen:
        sentence = gettext_noop("%(provider)s stepped back from “%(need)s”: %(t_reason)s.")
        tell_merchant(proposal, "withdrawn", sentence)
    return proposal


@transaction.atomic
def shortlist_proposal(actor: Actor, *, proposal: Proposal) -> Proposal:
    proposal = lock_proposal(proposal)
    rules.can_shortlist_proposal(actor, proposal).require()
    change_proposal_status(actor, proposal, ProposalStatus.SHORTLISTED, verb="shortlist_proposal")
    tell_provider(
        proposal, "shortlisted", gettext_noop("Your proposal for “%(need)s” is on the shortlist.")
    )
    return proposal


@transaction.atomic
def decline_proposal(
    actor: Actor, *, proposal: Proposal, reason: LossReason, note: str = ""
) -> Proposal:
    """Say no, with the reason both sides see."""
    proposal = lock_proposal(proposal)
    rules.can_decide_proposal(actor, proposal).require()
    _check_reason(reason, states.DECLINE_REASONS)
    _decline(actor, proposal, reason, note)
    return proposal


@transaction.atomic
def accept_proposal(actor: Actor, *, proposal: Proposal) -> Cooperation:
    """Hire the provider: a cooperation begins, the need is awarded, the others are told why not."""
    proposal = lock_proposal(proposal)
    rules.can_accept_proposal(actor, proposal).require()
    need = proposal.need
    cooperation = begin_cooperation(
        actor,
        merchant=need.merchant,
        provider=proposal.provider,
        door=Door.NEED,
        door_ref=proposal.pk,
        terms=_terms(proposal),
    )
    proposal.cooperation = cooperation
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
    for other in live_proposals(need):
        _lose_to_another(actor, other)
    return cooperation


def _own_proposal(actor: Actor, need: Need) -> Proposal:
    """The acting provider's unanswered proposal, made now if it has none yet."""
    need = lock_need(need.pk)
    rules.can_answer_need(actor, need).require()
    proposal, _made = Proposal.objects.get_or_create(
        need=need,
        provider=actor.party,
        defaults={"status": ProposalStatus.APPLIED, "created_at": clock.now()},
    )
    proposal.need = need
    rules.can_submit_proposal(actor, proposal).require()
    return proposal


def _write_proposal(proposal: Proposal, fields: ProposalFields) -> None:
    rules.proposal_is_sound(fields).require()
    for name, value in asdict(fields).items():
        setattr(proposal, name, value)
    proposal.save()


def _decline(actor: Actor, proposal: Proposal, reason: LossReason, note: str = "") -> None:
    end_proposal(actor, proposal, ProposalStatus.DECLINED, reason, note, verb="decline_proposal")
    sentence = gettext_noop("Your proposal for “%(need)s” was declined: %(t_reason)s.")
    tell_provider(proposal, "declined", sentence)


def _lose_to_another(actor: Actor, proposal: Proposal) -> None:
    if proposal.status in states.ANSWERABLE:
        _decline(actor, proposal, LossReason.ANOTHER)
        return
    end_proposal(
        actor, proposal, ProposalStatus.EXPIRED, LossReason.ANOTHER, verb="expire_proposal"
    )
    tell_provider(
        proposal, "lapsed", gettext_noop("The need “%(need)s” was awarded to somebody else.")
    )


def _check_reason(reason: str, allowed: Sequence[LossReason]) -> None:
    if reason not in allowed:
        raise Refused(unmet(_("Choose one of the reasons; the other side will read it.")))


def _terms(proposal: Proposal) -> Terms:
    need = proposal.need
    assert proposal.monthly_fee_fen is not None
    assert proposal.share_bp is not None
    assert proposal.begins_on is not None
    return Terms(
        title=need.title,
        scope=proposal.plan,
        monthly_fee_fen=proposal.monthly_fee_fen,
        share_bp=proposal.share_bp,
        starts_on=proposal.begins_on,
        term_months=need.term_months,
        service_ids=[service.pk for service in need.services.all()],
        category_ids=[category.pk for category in need.categories.all()],
        city_id=need.city_id,
        accepts_remote=need.accepts_remote,
        team=proposal.team,
        gmv_target_fen=need.gmv_target_fen,
    )
