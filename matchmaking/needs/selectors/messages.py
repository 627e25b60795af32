"""Conversations as their sides read them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from matchmaking.needs.models import Block, Message, Proposal, conversations_of
from matchmaking.needs.states import Side
from portal.core.actor import Actor
from portal.parties.models import Party


def count_unread_messages(actor: Actor) -> int:
    return Message.objects.unread_by(actor).count() if actor.party_id else 0


def conversation_list(actor: Actor) -> QuerySet[Any]:
    """Each with its last message's moment and how many the acting party has not read."""
    theirs = Q(messages__side=Side.MERCHANT, provider=actor.party_id) | Q(
        messages__side=Side.BIDDER, need__merchant=actor.party_id
    )
    return (
        Proposal.objects.filter(pk__in=conversations_of(actor).values("pk"))
        .select_related("need__merchant__city", "provider__city")
        .annotate(
            last_at=Max("messages__at"),
            unread=Count("messages", filter=theirs & Q(messages__read_at=None)),
        )
        .order_by("-last_at", "-pk")
    )


@dataclass(frozen=True, slots=True)
class Line:
    """A message with what its reader may do."""

    message: Message
    is_own: bool
    can_report: bool


def conversation(actor: Actor, proposal: Proposal) -> list[Line]:
    """Oldest first."""
    own = Side.BIDDER if actor.speaks_for(proposal.provider_id) else Side.MERCHANT
    found = (
        Message.objects.filter(proposal=proposal)
        .select_related("author")
        .prefetch_related("files", "reports")
    )
    return [
        Line(
            message,
            message.side == own,
            message.side != own
            and all(report.party_id != actor.party_id for report in message.reports.all()),
        )
        for message in found.order_by("number")
    ]


def other_party(actor: Actor, proposal: Proposal) -> Party | None:
    """Who one writes with; nobody by name, where the bidder may not know the merchant."""
    if actor.speaks_for(proposal.need.merchant_id):
        return proposal.provider
    return proposal.need.merchant if proposal.tells_merchant else None


def own_block(actor: Actor, proposal: Proposal) -> Block | None:
    """The acting party's block of the other side, if it stands."""
    is_bidder = actor.speaks_for(proposal.provider_id)
    other = proposal.need.merchant_id if is_bidder else proposal.provider_id
    return Block.objects.owned_by(actor).filter(blocked=other).first()
