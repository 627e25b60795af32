"""What keeps a party open: a need that is looking for proposals, a proposal that waits. And what a
person wrote to the other side of a proposal, which stays: both sides rely on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from matchmaking.needs.models import (
    FreeTime,
    Message,
    Need,
    NeedDraft,
    Proposal,
    ProposalDraft,
    TalkStep,
)
from portal.core.verdict import ALLOWED, Verdict, conflict
from portal.parties.holdings import register_holding, register_obstacle
from portal.parties.models import Party, User


@register_obstacle
def has_nothing_open(party: Party) -> Verdict:
    if Need.objects.filter(merchant=party).taking_proposals().exists():
        return conflict(_("A need is still open; cancel it first."))
    if Proposal.objects.filter(provider=party).answerable().exists():
        return conflict(_("A proposal is still waiting for its answer; step back first."))
    return ALLOWED


def tell_messages(person: User) -> list[dict[str, Any]]:
    said = Message.objects.filter(author=person).order_by("proposal", "number")
    return [dict(row) for row in said.values("proposal", "number", "text", "at")]


def tell_talks(person: User) -> list[dict[str, Any]]:
    done = TalkStep.objects.filter(by=person).order_by("at", "pk")
    return [dict(row) for row in done.values("talk__proposal", "verb", "note", "at")]


def forget_talks(person: User, own: Sequence[Party]) -> None:
    """What was arranged is the other side's, too."""


def forget_messages(person: User, own: Sequence[Party]) -> None:
    """What was left unfinished goes with its party; messages are the other side's, too."""
    NeedDraft.objects.filter(merchant__in=own).delete()
    ProposalDraft.objects.filter(party__in=own).delete()
    FreeTime.objects.filter(party__in=own).delete()


register_holding("messages", tell_messages, forget_messages)
register_holding("talks", tell_talks, forget_talks)
