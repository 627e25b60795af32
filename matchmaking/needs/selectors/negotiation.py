"""A negotiation as its two sides read it, and why bids were lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matchmaking.engine.standing import Order, PriceBand
from matchmaking.needs.models import Offer, Proposal, ProposalQuerySet
from matchmaking.needs.selectors.costs import cost_at
from matchmaking.needs.states import LossReason, ProposalStatus
from portal.core import clock
from portal.core.actor import Actor
from portal.parties.states import PartyKind

PERIOD = timedelta(days=365)
RECENT = 20
PRICE_WORDS: dict[str, str | Promise] = {
    PriceBand.LOWER: gettext_lazy("Your price was lower."),
    PriceBand.CLOSE: gettext_lazy("Your price was about the same (within 5%)."),
    PriceBand.HIGHER: gettext_lazy("Your price was up to 20% higher."),
    PriceBand.FAR: gettext_lazy("Your price was more than 20% higher."),
}
START_WORDS: dict[str, str | Promise] = {
    Order.EARLIER: gettext_lazy("You could have started earlier."),
    Order.SAME: gettext_lazy("You would have started on the same day."),
    Order.LATER: gettext_lazy("You would have started later."),
}
ANSWER_WORDS: dict[str, str | Promise] = {
    Order.EARLIER: gettext_lazy("You answered sooner."),
    Order.SAME: gettext_lazy("You answered at the same moment."),
    Order.LATER: gettext_lazy("You answered later."),
}


@dataclass(frozen=True, slots=True)
class Round:
    """One version: who made it, and what it costs on the need's target (or in fees alone)."""

    offer: Offer
    cost_fen: int
    is_own: bool
    is_last: bool


def rounds_of(actor: Actor, proposal: Proposal) -> list[Round]:
    """Every version, the last one first."""
    gmv = proposal.need.gmv_target_fen or 0
    own = "bidder" if actor.speaks_for(proposal.provider_id) else "merchant"
    return [
        Round(offer, cost_at(offer, gmv), offer.side == own, offer.number == proposal.version)
        for offer in proposal.offers.order_by("-number")
    ]


def standing_in_words(proposal: Proposal) -> list[str]:
    """Where a lost bid stood against the awarded one; nothing where none was awarded."""
    found = proposal.lost_by
    if not found:
        return []
    place = _("By price it was place %(place)s of %(bids)s.")
    return [
        str(PRICE_WORDS[found["price"]]),
        place % {"place": found["place"], "bids": found["bids"]},
        str(START_WORDS[found["start"]]),
        str(ANSWER_WORDS[found["answer"]]),
    ]


@dataclass(frozen=True, slots=True)
class ReasonCount:
    reason: str
    name: str | Promise
    count: int
    share: float


@dataclass(frozen=True, slots=True)
class LossReport:
    """Reasons of the last year, the most frequent first. `declined`: the merchant's; `withdrawn`:
    the bidders'. `lost`: the bidder's own last ones."""

    declined: list[ReasonCount]
    withdrawn: list[ReasonCount]
    lost: list[Proposal]


def losses_for(actor: Actor) -> LossReport:
    is_merchant = actor.party is not None and actor.party.kind == PartyKind.MERCHANT
    mine = Proposal.objects.filter(ended_at__gte=clock.now() - PERIOD)
    if is_merchant:
        mine = mine.filter(need__merchant=actor.party_id).known_to_merchant()
    else:
        mine = mine.filter(provider=actor.party_id)
    lost = mine.filter(status=ProposalStatus.DECLINED).select_related("need")
    return LossReport(
        declined=_reasons(mine, ProposalStatus.DECLINED),
        withdrawn=_reasons(mine, ProposalStatus.WITHDRAWN),
        lost=[] if is_merchant else list(lost.order_by("-ended_at")[:RECENT]),
    )


def _reasons(mine: ProposalQuerySet, status: ProposalStatus) -> list[ReasonCount]:
    rows = mine.filter(status=status).values_list("reason").annotate(n=Count("pk"))
    found = sorted(rows, key=lambda row: (-row[1], row[0]))
    total = sum(count for _reason, count in found)
    return [
        ReasonCount(reason, LossReason(reason).label, count, count / total)
        for reason, count in found
    ]
