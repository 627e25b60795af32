"""What the pages of needs show."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, Value

from matchmaking.needs import states
from matchmaking.needs.models import TELLS_MERCHANT, Need, NeedQuerySet, Proposal
from portal.core import clock
from portal.core.actor import Actor
from portal.parties.models import Party


def whole_needs(actor: Actor) -> NeedQuerySet:
    """Needs with everything their pages show, in a fixed number of queries. `knows_merchant` says
    whether the actor may learn who asks: the merchant itself, and those it invited or hired."""
    own = Proposal.objects.filter(need=OuterRef("pk"), provider=actor.party_id)
    told = own.filter(TELLS_MERCHANT)
    knows = Q(merchant=actor.party_id) | Exists(told) if actor.party_id else Value(False)
    return (
        Need.objects.select_related("merchant__city", "city")
        .prefetch_related("services", "categories")
        # By keyword the type plugin would redefine the attribute.
        .annotate(**{"knows_merchant": ExpressionWrapper(knows, BooleanField())})  # noqa: PIE804
    )


def needs_for(actor: Actor, view: str) -> NeedQuerySet:
    """`open`: what everyone may answer; `ours`: the merchant's own; `answered`: those the acting
    provider was invited to or answered."""
    if view == "ours":
        return whole_needs(actor).owned_by(actor)
    if view == "answered":
        concerned = Proposal.objects.filter(provider=actor.party_id).values("need")
        return whole_needs(actor).filter(pk__in=concerned)
    return whole_needs(actor).taking_proposals().filter(closes_on__gte=clock.today())


def proposals_of(need: Need) -> list[Proposal]:
    """What the merchant may see of the answers: everything but drafts, the standing ones first."""
    found = list(
        need.proposals.known_to_merchant()
        .select_related("provider__city")
        .order_by("submitted_at", "pk")
    )
    return sorted(found, key=lambda p: p.status not in states.STANDING)


def as_seen_by(actor: Actor, proposal: Proposal) -> Proposal:
    """Until it is submitted, what an invited provider has written is its own."""
    if proposal.submitted_at is not None or actor.speaks_for(proposal.provider_id):
        return proposal
    seen = copy(proposal)
    seen.plan = seen.team = ""
    seen.monthly_fee_fen = seen.share_bp = seen.starts_on = None
    return seen


@dataclass(frozen=True, slots=True)
class Offer:
    """A proposal beside the others: what the whole term costs if the GMV target is met."""

    proposal: Proposal
    fixed_fen: int
    at_target_fen: int | None
    is_cheapest_fixed: bool
    is_cheapest_at_target: bool


def compare_offers(need: Need, proposals: list[Proposal]) -> list[Offer]:
    """Standing proposals with their price computed on the need's own figures."""
    standing = [p for p in proposals if p.status in states.STANDING]
    fixed = {p.pk: (p.monthly_fee_fen or 0) * need.term_months for p in standing}
    target = {p.pk: cost_at(need, p) for p in standing}
    least_fixed = min(fixed.values(), default=0)
    least_target = min((cost for cost in target.values() if cost is not None), default=None)
    return [
        Offer(
            proposal=p,
            fixed_fen=fixed[p.pk],
            at_target_fen=target[p.pk],
            is_cheapest_fixed=len(standing) > 1 and fixed[p.pk] == least_fixed,
            is_cheapest_at_target=len(standing) > 1
            and least_target is not None
            and target[p.pk] == least_target,
        )
        for p in standing
    ]


def cost_at(need: Need, proposal: Proposal) -> int | None:
    """Fixed fees over the term plus the share of the GMV target, in fen, rounded half up."""
    if need.gmv_target_fen is None:
        return None
    share = (need.gmv_target_fen * (proposal.share_bp or 0) + 5_000) // 10_000
    return (proposal.monthly_fee_fen or 0) * need.term_months + share


def status_by_provider(need: Need, providers: list[Party]) -> dict[int, Proposal]:
    """Where each of these candidates stands with the need; drafts stay the provider's own."""
    known = need.proposals.filter(provider__in=providers)
    return {p.provider_id: p for p in known.known_to_merchant()}


def overdue_needs() -> NeedQuerySet:
    """Needs whose last day has passed; the rule decides which of them have run out."""
    return Need.objects.taking_proposals().filter(closes_on__lt=clock.today()).order_by("pk")
