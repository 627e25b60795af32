"""What keeps a party open: a need that is looking for proposals, a proposal that waits."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from matchmaking.needs.models import Need, Proposal
from portal.core.verdict import ALLOWED, Verdict, conflict
from portal.parties.holdings import register_obstacle
from portal.parties.models import Party


@register_obstacle
def has_nothing_open(party: Party) -> Verdict:
    if Need.objects.filter(merchant=party).taking_proposals().exists():
        return conflict(_("A need is still open; cancel it first."))
    if Proposal.objects.filter(provider=party).answerable().exists():
        return conflict(_("A proposal is still waiting for its answer; step back first."))
    return ALLOWED
