"""Every change to a need and its proposals.

Lock order: the need, then its proposals. Whoever changes a proposal locks its need first, so an
acceptance and a withdrawal that meet are decided one after the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from matchmaking.cooperation.models import Cooperation
from matchmaking.cooperation.services import Terms, begin_cooperation
from matchmaking.cooperation.states import Door
from matchmaking.needs import rules, selectors, states
from matchmaking.needs.fields import NeedFields, ProposalFields
from matchmaking.needs.models import Need, Proposal
from matchmaking.needs.states import LossReason, NeedStatus, ProposalStatus
from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import Refused, conflict, unmet
from portal.parties.models import Party
from portal.parties.services import tell_party

# --- the need ---------------------------------------------------------------------------------


@transaction.atomic
def create_need(actor: Actor, *, fields: NeedFields) -> Need:
    """A draft, seen by its merchant only."""
    rules.can_create_need(actor).require()
    need = Need(merchant=actor.party, created_at=clock.now())
    _write_need(need, fields)
    audit.record(actor, "create_need", need, after={"title": need.title})
    return need


@transaction.atomic
def update_need(actor: Actor, *, need: Need, fields: NeedFields) -> Need:
    need = _lock_need(need.pk)
    rules.can_edit_need(actor, need).require()
    before = _need_snapshot(need)
    _write_need(need, fields)
    audit.record(actor, "update_need", need, before=before, after=_need_snapshot(need))
    return need


@transaction.atomic
def publish_need(actor: Actor, *, need: Need) -> Need:
    """Open the need to providers."""
    need = _lock_need(need.pk)
    rules.can_publish_need(actor, need).require()
    need.published_at = clock.now()
    _change_need_status(actor, need, NeedStatus.OPEN, verb="publish_need")
    return need


@transaction.atomic
def cancel_need(actor: Actor, *, need: Need) -> Need:
    """End the need without a choice; every live proposal lapses and its provider is told."""
    need = _lock_need(need.pk)
    rules.can_cancel_need(actor, need).require()
    sentence = gettext_noop("The need “%(need)s” was cancelled.")
    _end_need(actor, need, NeedStatus.CANCELLED, verb="cancel_need", sentence=sentence)
    return need


@transaction.atomic
def expire_need(actor: Actor, *, need: Need) -> Need:
    """End a need that ran out: its last day passed unanswered, or no choice was made in time."""
    need = _lock_need(need.pk)
    rules.can_expire_need(need).require()
    sentence = gettext_noop("The need “%(need)s” ran out without a choice.")
    _end_need(actor, need, NeedStatus.EXPIRED, verb="expire_need", sentence=sentence)
    tell_party(
        need.merchant,
        event="need.expired",
        key=f"need-expired:{need.pk}",
        sentence=sentence,
        params={"need": need.title},
        url=need.get_absolute_url(),
    )
    return need


def expire_needs(actor: Actor) -> int:
    """Sweep the needs that ran out; how many ended. One that changed meanwhile is left alone."""
    ended = 0
    for need in selectors.overdue_needs():
        try:
            expire_need(actor, need=need)
            ended += 1
        except Refused:
            continue
    return ended


# --- invitations and proposals -------------------------------------------------------------------


@transaction.atomic
def invite_provider(actor: Actor, *, need: Need, provider: Party) -> Proposal:
    """Ask a provider for a proposal. Inviting twice is one invitation."""
    need = _lock_need(need.pk)
    rules.can_invite_provider(actor, need, provider).require()
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
        _change_proposal_status(actor, proposal, ProposalStatus.INVITED, verb="invite_provider")
    _tell_provider(
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
    _change_proposal_status(actor, proposal, ProposalStatus.SUBMITTED, verb="submit_proposal")
    if need.status == NeedStatus.OPEN:
        _change_need_status(actor, need, NeedStatus.MATCHED, verb="match_need")
    _tell_merchant(
        proposal, "submitted", gettext_noop("%(provider)s sent a proposal for “%(need)s”.")
    )
    return proposal


@transaction.atomic
def withdraw_proposal(
    actor: Actor, *, proposal: Proposal, reason: LossReason, note: str = ""
) -> Proposal:
    """The provider steps back from an invitation or a proposal; the merchant reads why."""
    proposal = _lock_proposal(proposal)
    rules.can_withdraw_proposal(actor, proposal).require()
    _check_reason(reason, states.WITHDRAW_REASONS)
    was_seen = proposal.status != ProposalStatus.APPLIED
    _end_proposal(actor, proposal, ProposalStatus.WITHDRAWN, reason, note, verb="withdraw_proposal")
    if was_seen:
        sentence = gettext_noop("%(provider)s stepped back from “%(need)s”: %(t_reason)s.")
        _tell_merchant(proposal, "withdrawn", sentence)
    return proposal


@transaction.atomic
def shortlist_proposal(actor: Actor, *, proposal: Proposal) -> Proposal:
    proposal = _lock_proposal(proposal)
    rules.can_shortlist_proposal(actor, proposal).require()
    _change_proposal_status(actor, proposal, ProposalStatus.SHORTLISTED, verb="shortlist_proposal")
    _tell_provider(
        proposal, "shortlisted", gettext_noop("Your proposal for “%(need)s” is on the shortlist.")
    )
    return proposal


@transaction.atomic
def decline_proposal(
    actor: Actor, *, proposal: Proposal, reason: LossReason, note: str = ""
) -> Proposal:
    """Say no, with the reason both sides see."""
    proposal = _lock_proposal(proposal)
    rules.can_decide_proposal(actor, proposal).require()
    _check_reason(reason, states.DECLINE_REASONS)
    _decline(actor, proposal, reason, note)
    return proposal


@transaction.atomic
def accept_proposal(actor: Actor, *, proposal: Proposal) -> Cooperation:
    """Hire the provider: a cooperation begins, the need is awarded, the others are told why not."""
    proposal = _lock_proposal(proposal)
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
    _change_proposal_status(actor, proposal, ProposalStatus.ACCEPTED, verb="accept_proposal")
    _change_need_status(actor, need, NeedStatus.AWARDED, verb="award_need")
    _tell_provider(
        proposal,
        "accepted",
        gettext_noop("%(merchant)s accepted your proposal for “%(need)s”."),
        url=cooperation.get_absolute_url(),
    )
    _tell_merchant(
        proposal,
        "accepted",
        gettext_noop("Cooperation with %(provider)s on “%(need)s” has begun."),
        url=cooperation.get_absolute_url(),
    )
    for other in _live_proposals(need):
        _lose_to_another(actor, other)
    return cooperation


# --- inside ---------------------------------------------------------------------------------------


def _lock_need(pk: int) -> Need:
    return Need.objects.select_for_update(of=("self",)).select_related("merchant").get(pk=pk)


def _lock_proposal(proposal: Proposal) -> Proposal:
    need = _lock_need(proposal.need_id)
    locked = (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("provider")
        .get(pk=proposal.pk)
    )
    locked.need = need
    return locked


def _end_need(actor: Actor, need: Need, status: NeedStatus, *, verb: str, sentence: str) -> None:
    _change_need_status(actor, need, status, verb=verb)
    for proposal in _live_proposals(need):
        _end_proposal(
            actor,
            proposal,
            ProposalStatus.EXPIRED,
            LossReason.CHANGED,
            verb="expire_proposal",
        )
        _tell_provider(proposal, status, sentence)


def _live_proposals(need: Need) -> list[Proposal]:
    live = need.proposals.select_for_update(of=("self",)).live().select_related("provider")
    found = list(live.order_by("pk"))
    for proposal in found:
        proposal.need = need
    return found


def _own_proposal(actor: Actor, need: Need) -> Proposal:
    """The acting provider's unanswered proposal, made now if it has none yet."""
    need = _lock_need(need.pk)
    rules.can_answer_need(actor, need).require()
    proposal, _made = Proposal.objects.get_or_create(
        need=need,
        provider=actor.party,
        defaults={"status": ProposalStatus.APPLIED, "created_at": clock.now()},
    )
    proposal.need = need
    rules.can_submit_proposal(actor, proposal).require()
    return proposal


def _write_need(need: Need, fields: NeedFields) -> None:
    rules.need_is_sound(fields, need.merchant).require()
    plain = {k: v for k, v in asdict(fields).items() if not k.endswith("_ids")}
    for name, value in plain.items():
        setattr(need, name, value)
    need.save()
    need.services.set(fields.service_ids)
    need.categories.set(fields.category_ids)


def _write_proposal(proposal: Proposal, fields: ProposalFields) -> None:
    rules.proposal_is_sound(fields).require()
    for name, value in asdict(fields).items():
        setattr(proposal, name, value)
    proposal.save()


def _change_need_status(actor: Actor, need: Need, status: NeedStatus, *, verb: str) -> None:
    if status not in states.NEED_TRANSITIONS[need.status]:
        raise Refused(conflict(_("This is not possible in the need's present state.")))
    before, need.status = need.status, status
    if not need.is_taking_proposals:
        need.ended_at = clock.now()
    need.save(update_fields=["status", "published_at", "ended_at"])
    audit.record(actor, verb, need, before={"status": before}, after={"status": status})


def _change_proposal_status(
    actor: Actor, proposal: Proposal, status: ProposalStatus, *, verb: str, why: str = ""
) -> None:
    if status not in states.PROPOSAL_TRANSITIONS[proposal.status]:
        raise Refused(conflict(_("This proposal no longer stands.")))
    before, proposal.status = proposal.status, status
    proposal.save()
    audit.record(
        actor, verb, proposal, before={"status": before}, after={"status": status}, why=why
    )


def _end_proposal(
    actor: Actor,
    proposal: Proposal,
    status: ProposalStatus,
    reason: LossReason,
    note: str = "",
    *,
    verb: str,
) -> None:
    proposal.reason, proposal.reason_note = reason, note.strip()
    proposal.ended_at = clock.now()
    _change_proposal_status(actor, proposal, status, verb=verb, why=reason)


def _decline(actor: Actor, proposal: Proposal, reason: LossReason, note: str = "") -> None:
    _end_proposal(actor, proposal, ProposalStatus.DECLINED, reason, note, verb="decline_proposal")
    sentence = gettext_noop("Your proposal for “%(need)s” was declined: %(t_reason)s.")
    _tell_provider(proposal, "declined", sentence)


def _lose_to_another(actor: Actor, proposal: Proposal) -> None:
    if proposal.status in states.ANSWERABLE:
        _decline(actor, proposal, LossReason.ANOTHER)
        return
    _end_proposal(
        actor, proposal, ProposalStatus.EXPIRED, LossReason.ANOTHER, verb="expire_proposal"
    )
    _tell_provider(
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


def _tell_provider(proposal: Proposal, what: str, sentence: str, url: str = "") -> None:
    _tell(proposal, proposal.provider, what, sentence, url)


def _tell_merchant(proposal: Proposal, what: str, sentence: str, url: str = "") -> None:
    _tell(proposal, proposal.need.merchant, what, sentence, url)


def _tell(proposal: Proposal, to: Party, what: str, sentence: str, url: str) -> None:
    tell_party(
        to,
        event=f"proposal.{what}",
        key=f"proposal-{what}:{proposal.pk}:{to.pk}",
        sentence=sentence,
        params={
            "need": proposal.need.title,
            "merchant": proposal.need.merchant.name,
            "provider": proposal.provider.name,
            "t_reason": _source(LossReason(proposal.reason)) if proposal.reason else "",
        },
        url=url or proposal.get_absolute_url(),
    )


def _source(reason: LossReason) -> str:
    """The English source of a reason, so that each reader sees it in their own language."""
    with translation.override("en"):
        return str(reason.label)


def _need_snapshot(need: Need) -> dict[str, Any]:
    return {
        "title": need.title,
        "brief": need.brief,
        "services": sorted(need.services.values_list("pk", flat=True)),
        "categories": sorted(need.categories.values_list("pk", flat=True)),
        "city": need.city_id,
        "accepts_remote": need.accepts_remote,
        "budget": [need.budget_low_fen, need.budget_high_fen],
        "gmv_target": need.gmv_target_fen,
        "starts_on": need.starts_on.isoformat(),
        "term_months": need.term_months,
        "closes_on": need.closes_on.isoformat(),
    }
