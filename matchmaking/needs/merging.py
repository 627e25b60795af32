"""Needs, answers and questions of two parties that become one."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from matchmaking.needs.models import Exposure, Need, NeedDraft, NeedTemplate, Proposal, Question
from portal.core.verdict import ALLOWED, Verdict, conflict
from portal.parties.merges import moves, moves_by, register_clash, stays
from portal.parties.models import Party

moves(Need, "merchant")
moves(NeedDraft, "merchant")
moves(Question, "asker")
stays(Exposure, "provider", "viewer")  # never changed


@moves_by(Proposal, "provider")
def move_proposals(survivor: Party, absorbed: Party) -> None:
    """One answer a provider and need: where both gave one, the ended one stays as history."""
    ours = Proposal.objects.filter(provider=survivor).values("need")
    Proposal.objects.filter(provider=absorbed).exclude(need__in=ours).update(provider=survivor)


@moves_by(NeedTemplate, "merchant")
def move_templates(survivor: Party, absorbed: Party) -> None:
    """A name stands once."""
    ours = NeedTemplate.objects.filter(merchant=survivor).values("name")
    NeedTemplate.objects.filter(merchant=absorbed).exclude(name__in=ours).update(merchant=survivor)


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
