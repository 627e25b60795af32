"""What a need's and a proposal's page say of the confidential part and of opinions."""

from __future__ import annotations

from typing import Any

from django import template

from matchmaking.choosing import rules, selectors
from matchmaking.needs.models import Need, Proposal
from portal.core.actor import Actor

register = template.Library()


@register.inclusion_tag("choosing/of_need.html")
def confidential_of_need(need: Need, actor: Actor) -> dict[str, Any]:
    """For the merchant: whether there is a confidential part, and the way to write it."""
    return {
        "need": need,
        "brief": rules.brief_of(need),
        "can_write": rules.can_write_confidential(actor, need),
    }


@register.inclusion_tag("choosing/of_proposal.html", takes_context=True)
def confidential_of_proposal(context: Any, proposal: Proposal, actor: Actor) -> dict[str, Any]:
    """For the bidder: the promise, and behind it the text."""
    brief = rules.brief_of(proposal.need)
    may_read = brief is not None and bool(rules.may_read_confidential(actor, proposal))
    return {
        "proposal": proposal,
        "brief": brief,
        "may_read": may_read,
        "can_open": rules.can_open_confidential(actor, proposal) if brief else None,
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("choosing/opinions.html")
def opinions_card(proposal: Proposal, actor: Actor) -> dict[str, Any]:
    """For the merchant: what the colleagues think, and the way to say one's own."""
    return {
        "proposal": proposal,
        "opinions": selectors.opinions_of(proposal),
        "can_give": bool(rules.can_give_opinion(actor, proposal)),
    }


@register.inclusion_tag("choosing/opinion_row.html")
def opinion_row(offers: list[dict[str, Any]]) -> dict[str, Any]:
    """A row of the comparison; none where nobody said anything yet."""
    proposals = [column["proposal"] for column in offers]
    means = selectors.means_of(proposals)
    cells = [{"proposal": p, "mean": means.get(p.pk)} for p in proposals]
    return {"cells": cells if means else []}
