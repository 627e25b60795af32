"""Who may write to whom, and what must not be read before both sides agree."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

from django.utils.translation import gettext_lazy as _

from matchmaking.needs.models import Block, Message, MessageReport, Proposal
from matchmaking.needs.rules.needs import is_blocked
from matchmaking.needs.states import ProposalStatus, ReportStatus
from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Flaw, Verdict, conflict, flawless, forbidden
from portal.moderation.rules import flaws_of_words
from portal.parties.models import Membership
from portal.parties.rules import can_manage_party

MOST_TEXT, MOST_FILES, MOST_MESSAGES = 2_000, 3, 1_000
# Said of whatever ends a conversation, so that nothing tells a block from the rest.
NO_MESSAGES = _("No messages can be sent here at the moment.")


def can_read_messages(actor: Actor, proposal: Proposal) -> Verdict:
    """The members of both sides, once the merchant knows of the proposal."""
    if not (actor.speaks_for(proposal.provider_id) or actor.speaks_for(proposal.need.merchant_id)):
        return forbidden(_("You do not speak for this party."))
    if proposal.invited_at is None and proposal.submitted_at is None:
        return conflict(_("The merchant does not know of this answer yet; hand it in first."))
    return ALLOWED


def can_send_message(actor: Actor, proposal: Proposal) -> Verdict:
    if not (verdict := can_read_messages(actor, proposal)):
        return verdict
    is_bidder = actor.speaks_for(proposal.provider_id)
    own = proposal.provider if is_bidder else proposal.need.merchant
    other = proposal.need.merchant if is_bidder else proposal.provider
    if not (verdict := can_manage_party(actor, own)):
        return verdict
    if proposal.ended_at is not None and proposal.status != ProposalStatus.ACCEPTED:
        return conflict(NO_MESSAGES)
    if Block.objects.owned_by(actor).filter(blocked=other).exists():
        return conflict(_("You will not hear from this party; let it write again first."))
    if is_blocked(own.pk, other.pk):
        return conflict(NO_MESSAGES)
    if Message.objects.filter(proposal=proposal).count() >= MOST_MESSAGES:
        return conflict(NO_MESSAGES)
    return ALLOWED


def message_is_sound(text: str, files: int, *, is_agreed: bool) -> Verdict:
    """`text` as it will be kept."""
    return flawless(_flaws_of_message(text, files, is_agreed=is_agreed))


def _flaws_of_message(text: str, files: int, *, is_agreed: bool) -> Iterator[Flaw]:
    if not text.strip() and not files:
        yield Flaw("text", _("Write something, or add a file."))
    if len(text) > MOST_TEXT:
        yield Flaw("text", _("At most 2,000 characters."))
    if files > MOST_FILES:
        yield Flaw("files", _("At most 3 files."))
    if not is_agreed:
        yield from flaws_of_words(SimpleNamespace(text=text), "text")


def can_block_party(actor: Actor, proposal: Proposal) -> Verdict:
    """One's side of a conversation."""
    if not (verdict := can_read_messages(actor, proposal)):
        return verdict
    own = proposal.need.merchant
    if actor.speaks_for(proposal.provider_id):
        own = proposal.provider
    return can_manage_party(actor, own)


def can_lift_block(actor: Actor, block: Block) -> Verdict:
    if not (verdict := can_manage_party(actor, block.blocker)):
        return verdict
    if block.lifted_at is not None:
        return conflict(_("This party may write to you already."))
    return ALLOWED


def can_report_message(actor: Actor, message: Message) -> Verdict:
    if not (verdict := can_read_messages(actor, message.proposal)):
        return verdict
    is_own = actor.speaks_for(message.proposal.provider_id) == (message.side == "bidder")
    if is_own:
        return conflict(_("This is a message of your own."))
    if message.reports.filter(party=actor.party_id).exists():
        return conflict(_("You have reported this message; an operator looks at it."))
    return ALLOWED


def can_decide_report(actor: Actor, report: MessageReport) -> Verdict:
    if not actor.has_perm("needs.decide_messagereport"):
        return forbidden(_("Only operators may do this."))
    if report.status != ReportStatus.OPEN:
        return conflict(_("This report is decided already."))
    proposal = report.message.proposal
    sides = [proposal.need.merchant_id, proposal.provider_id]
    if Membership.objects.filter(user=actor.user_id, party__in=sides).exists():
        return forbidden(_("You are a member of one of the two sides; another operator must."))
    return ALLOWED
