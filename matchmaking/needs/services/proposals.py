"""Invitations and proposals, up to the award."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from matchmaking.cooperation.models import AgreementTemplate, Cooperation
from matchmaking.cooperation.services import apply_template
from matchmaking.needs import rules, selectors, states
from matchmaking.needs.fields import ProposalFields
from matchmaking.needs.models import Need, Proposal, ProposalDraft
from matchmaking.needs.services.awards import award, decline
from matchmaking.needs.services.changes import (
    change_need_status,
    change_proposal_status,
    end_proposal,
    lock_need,
    lock_proposal,
    tell_merchant,
    tell_provider,
)
from matchmaking.needs.services.drafts import ANSWERING
from matchmaking.needs.services.offers import append_offer, terms_of
from matchmaking.needs.services.responses import note_answer, note_offer_answered
from matchmaking.needs.states import LossReason, NeedStatus, ProposalStatus, Side
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
    if not is_new:
        rules.can_be_asked_again(proposal).require()
        if proposal.status != ProposalStatus.APPLIED:
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
def draft_proposal(
    actor: Actor, *, need: Need, fields: ProposalFields, draft_id: str = "", draft_seen: int = -1
) -> Proposal:
    """Keep an answer that could be handed in; the merchant sees nothing of it. What was kept of
    it while it was typed goes."""
    proposal = _own_proposal(actor, need)
    _finish_typing(actor, need, draft_id, draft_seen)
    _write_proposal(proposal, fields)
    audit.record(actor, "draft_proposal", proposal, after={"need": need.pk})
    return proposal


@transaction.atomic
def submit_proposal(
    actor: Actor, *, need: Need, fields: ProposalFields, draft_id: str = "", draft_seen: int = -1
) -> Proposal:
    """Answer the need."""
    proposal = _own_proposal(actor, need)
    _finish_typing(actor, need, draft_id, draft_seen)
    need = proposal.need
    note_answer(proposal)
    _write_proposal(proposal, fields)
    proposal.submitted_at = clock.now()
    proposal.shares_phone = selectors.share_a_phone(need.merchant, proposal.provider)
    append_offer(actor, proposal, terms_of(proposal), Side.BIDDER)
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
    note_answer(proposal)
    note_offer_answered(proposal, Side.BIDDER)
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
    note_offer_answered(proposal, Side.MERCHANT)
    decline(actor, proposal, reason, note)
    return proposal


@transaction.atomic
def accept_proposal(
    actor: Actor,
    *,
    proposal: Proposal,
    version: int | None = None,
    template: AgreementTemplate | None = None,
) -> Cooperation:
    """Hire the bidder on the terms of the `version` one has read, by default the proposal's as it
    was passed: a cooperation begins, the need is awarded, the others are told why not. What an
    agreement `template` says beside the price, the bidder is asked for."""
    seen = proposal.version if version is None else version
    proposal = lock_proposal(proposal)
    rules.can_accept_proposal(actor, proposal).require()
    rules.offer_is_as_seen(proposal, seen).require()
    note_offer_answered(proposal, Side.MERCHANT)
    cooperation = award(actor, proposal)
    if template is not None:
        apply_template(actor, cooperation=cooperation, template=template)
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


def _finish_typing(actor: Actor, need: Need, draft_id: str, seen: int) -> None:
    """A page that is older than what was typed saves nothing. Who comes without a page (`seen` of
    -1) has the last word."""
    if seen < 0:
        ProposalDraft.objects.owned_by(actor).filter(need=need).delete()
    else:
        ANSWERING.finish(actor, draft_id, seen, need)


def _write_proposal(proposal: Proposal, fields: ProposalFields) -> None:
    rules.proposal_is_sound(fields, proposal.need).require()
    for name, value in asdict(fields).items():
        setattr(proposal, name, value)
    proposal.ladder = [list(step) for step in fields.ladder]
    proposal.term_months = None
    proposal.save()


def _check_reason(reason: str, allowed: Sequence[LossReason]) -> None:
    if reason not in allowed:
        raise Refused(unmet(_("Choose one of the reasons; the other side will read it.")))
