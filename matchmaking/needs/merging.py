"""Needs, answers and questions of two parties that become one."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from matchmaking.needs.models import (
    Block,
    CategoryResult,
    Exposure,
    FreeTime,
    MessageReport,
    Need,
    NeedDraft,
    NeedTemplate,
    Proposal,
    ProposalDraft,
    Question,
    ResponseFact,
    ResponsePace,
    ServiceOffer,
)
from portal.core import clock
from portal.core.verdict import ALLOWED, Verdict, conflict
from portal.parties.merges import goes, moves, moves_by, register_clash, stays
from portal.parties.models import Party

moves(Need, "merchant", "only_for")
moves(ServiceOffer, "provider")
moves(NeedDraft, "merchant")
moves(Question, "asker")
stays(Exposure, "provider", "viewer")  # never changed
stays(ResponseFact, "party")  # never changed
goes(ResponsePace, "party")  # made anew each night
goes(FreeTime, "party")  # the survivor says it for both
goes(CategoryResult, "party")  # made anew each night


@moves_by(Proposal, "provider")
def move_proposals(survivor: Party, absorbed: Party) -> None:
    """One answer a provider and need: where both gave one, the ended one stays as history."""
    ours = Proposal.objects.filter(provider=survivor).values("need")
    Proposal.objects.filter(provider=absorbed).exclude(need__in=ours).update(provider=survivor)


@moves_by(ProposalDraft, "party")
def move_unfinished(survivor: Party, absorbed: Party) -> None:
    """One a need: where both were typing, the survivor's goes on."""
    ours = ProposalDraft.objects.filter(party=survivor).values("need")
    theirs = ProposalDraft.objects.filter(party=absorbed)
    theirs.filter(need__in=ours).delete()
    theirs.update(party=survivor)


@moves_by(NeedTemplate, "merchant")
def move_templates(survivor: Party, absorbed: Party) -> None:
    """A name stands once."""
    ours = NeedTemplate.objects.filter(merchant=survivor).values("name")
    NeedTemplate.objects.filter(merchant=absorbed).exclude(name__in=ours).update(merchant=survivor)


@moves_by(MessageReport, "party")
def move_reports(survivor: Party, absorbed: Party) -> None:
    """One report of a message is enough."""
    ours = MessageReport.objects.filter(party=survivor).values("message")
    MessageReport.objects.filter(party=absorbed).exclude(message__in=ours).update(party=survivor)


@moves_by(Block, "blocker")
def move_blocks(survivor: Party, absorbed: Party) -> None:
    """Whom either blocked is blocked once; nobody blocks themselves. What is over stays."""
    ours, theirs = (Block.objects.standing().filter(blocker=one) for one in (survivor, absorbed))
    ours.filter(blocked=absorbed).update(lifted_at=clock.now())
    known = Q(blocked__in=ours.values("blocked")) | Q(blocked=survivor)
    theirs.filter(known).update(lifted_at=clock.now())
    theirs.update(blocker=survivor)


@moves_by(Block, "blocked")
def move_blocked(survivor: Party, absorbed: Party) -> None:
    """Who blocked the one blocks the other."""
    ours, theirs = (Block.objects.standing().filter(blocked=one) for one in (survivor, absorbed))
    known = Q(blocker__in=ours.values("blocker")) | Q(blocker=survivor)
    theirs.filter(known).update(lifted_at=clock.now())
    theirs.update(blocked=survivor)


@register_clash
def answered_once(survivor: Party, absorbed: Party) -> Verdict:
    """Which of two answers counts is not ours to say."""
    ours = Proposal.objects.filter(provider=survivor).values("need")
    both = Proposal.objects.filter(provider=absorbed, need__in=ours).select_related("need")
    kept = both.live() | both.filter(cooperation__isnull=False)
    if (proposal := kept.order_by("pk").first()) is not None:
        sentence = _("Both have answered the need %(number)s; one must step back first.")
        return conflict(sentence % {"number": proposal.need.number})
    return ALLOWED
