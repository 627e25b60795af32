"""How a need and its proposals change: one door a record, and who is told.

Lock order: the need, then its proposals. Whoever changes a proposal locks its need first, so an
acceptance and a withdrawal that meet are decided one after the other.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from matchmaking.needs import rules, states
from matchmaking.needs.models import Need, Proposal
from matchmaking.needs.services.talk_changes import end_talks
from matchmaking.needs.states import LossReason, NeedStatus, ProposalStatus
from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import Refused, conflict
from portal.parties.models import Party
from portal.parties.services import tell_party


def lock_need(pk: int) -> Need:
    return (
        Need.objects.select_for_update(of=("self",), no_key=True)
        .select_related("merchant")
        .get(pk=pk)
    )


def lock_proposal(proposal: Proposal) -> Proposal:
    need = lock_need(proposal.need_id)
    locked = (
        Proposal.objects.select_for_update(of=("self",), no_key=True)
        .select_related("provider")
        .get(pk=proposal.pk)
    )
    locked.need = need
    return locked


def live_proposals(need: Need) -> list[Proposal]:
    live = (
        need.proposals.select_for_update(of=("self",), no_key=True)
        .live()
        .select_related("provider")
    )
    found = list(live.order_by("pk"))
    for proposal in found:
        proposal.need = need
    return found


def lapsed_proposals(need: Need, *, since: datetime | None) -> list[Proposal]:
    """Those that ended with the need, not before it."""
    lapsed = need.proposals.select_for_update(of=("self",), no_key=True).select_related("provider")
    found = list(lapsed.filter(status=ProposalStatus.EXPIRED, ended_at__gte=since).order_by("pk"))
    for proposal in found:
        proposal.need = need
    return found


def revive_proposal(actor: Actor, proposal: Proposal) -> None:
    """It waits for its provider again, as an invitation or a draft of its own."""
    invited = proposal.invited_at is not None
    proposal.reason = proposal.reason_note = ""
    proposal.ended_at = proposal.submitted_at = None
    status = ProposalStatus.INVITED if invited else ProposalStatus.APPLIED
    change_proposal_status(actor, proposal, status, verb="revive_proposal")


def change_need_status(actor: Actor, need: Need, status: NeedStatus, *, verb: str) -> None:
    if status not in states.NEED_TRANSITIONS[need.status]:
        raise Refused(conflict(_("This is not possible in the need's present state.")))
    before, need.status = need.status, status
    if status not in states.ENDED:
        need.ended_at = None
    elif need.ended_at is None:  # what was awarded has ended; closing it adds nothing to that
        need.ended_at = clock.now()
    need.save(update_fields=["status", "published_at", "ended_at", "closes_on", "starts_on"])
    audit.record(actor, verb, need, before={"status": before}, after={"status": status})


def change_proposal_status(
    actor: Actor, proposal: Proposal, status: ProposalStatus, *, verb: str, why: str = ""
) -> None:
    if status not in states.PROPOSAL_TRANSITIONS[proposal.status]:
        raise Refused(conflict(_("This proposal no longer stands.")))
    before, proposal.status = proposal.status, status
    proposal.save()
    audit.record(
        actor, verb, proposal, before={"status": before}, after={"status": status}, why=why
    )


def end_proposal(
    actor: Actor,
    proposal: Proposal,
    status: ProposalStatus,
    reason: LossReason,
    note: str = "",
    *,
    verb: str,
) -> None:
    proposal.reason, proposal.reason_note = reason, _heard(proposal, note.strip())
    proposal.ended_at = clock.now()
    change_proposal_status(actor, proposal, status, verb=verb, why=reason)
    end_talks(actor, proposal)


def _heard(proposal: Proposal, note: str) -> str:
    """Words with a no; the reason alone where one of the two will not hear from the other."""
    if not note or rules.is_blocked(proposal.need.merchant_id, proposal.provider_id):
        return ""
    rules.note_is_sound(note).require()
    return note


def tell_provider(
    proposal: Proposal, what: str, sentence: str, url: str = "", *, once: str = ""
) -> None:
    """`once`: what makes this telling another one than the last, where it may happen again."""
    _tell(proposal, proposal.provider, what, sentence, url, once)


def tell_merchant(
    proposal: Proposal, what: str, sentence: str, url: str = "", *, once: str = ""
) -> None:
    _tell(proposal, proposal.need.merchant, what, sentence, url, once)


def _tell(proposal: Proposal, to: Party, what: str, sentence: str, url: str, once: str) -> None:
    tell_party(to, **telling(proposal, to, what, sentence, url, once))


def telling(
    proposal: Proposal, to: Party, what: str, sentence: str, url: str = "", once: str = ""
) -> dict[str, Any]:
    """What a party is told of a proposal, as `notify` takes it."""
    return {
        "event": f"proposal.{what}",
        "key": f"proposal-{what}:{proposal.pk}:{to.pk}{once and f':{once}'}",
        "sentence": sentence,
        "params": {
            "need": proposal.need.title,
            "merchant": proposal.need.merchant.name,
            "provider": proposal.provider.name,
            "day": proposal.need.closes_on.isoformat(),
            "t_reason": _source(LossReason(proposal.reason)) if proposal.reason else "",
        },
        "url": url or proposal.get_absolute_url(),
    }


def _source(reason: LossReason) -> str:
    """The English source of a reason, so that each reader sees it in their own language."""
    with translation.override("en"):
        return str(reason.label)
