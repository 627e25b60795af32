"""What the pages of needs show."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, Value
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matchmaking.needs import rules, states
from matchmaking.needs.fields import PRIORITIES
from matchmaking.needs.models import (
    TELLS_MERCHANT,
    Need,
    NeedDraft,
    NeedQuerySet,
    NeedTemplate,
    Proposal,
    Question,
)
from portal.core import clock
from portal.core.actor import Actor
from portal.parties.models import Party

TEMPLATE_FIELDS = (
    *("seeks", "title", "brief", "facts", "accepts_remote", "price_form"),
    *("budget_low_fen", "budget_high_fen", "share_low_bp", "share_high_bp"),
    *("gmv_target_fen", "gmv_low_fen", "gmv_high_fen", "term_months"),
    *PRIORITIES,
)


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
class Scenario:
    """One of the need's own figures of settled net GMV over the whole term; none = fees alone."""

    name: str | Promise
    gmv_fen: int


@dataclass(frozen=True, slots=True)
class Cost:
    fen: int
    is_cheapest: bool


@dataclass(frozen=True, slots=True)
class CostRow:
    """What each standing proposal costs over the term, in one scenario, in their order."""

    scenario: Scenario
    costs: list[Cost]


def scenarios_of(need: Need) -> list[Scenario]:
    """No sales at all, then low, target and high as far as the need says them."""
    named = (
        (_("Fixed fees alone"), 0),
        (_("low"), need.gmv_low_fen),
        (_("target"), need.gmv_target_fen),
        (_("high"), need.gmv_high_fen),
    )
    return [Scenario(name, gmv) for name, gmv in named if gmv is not None]


def compare_costs(need: Need, standing: list[Proposal]) -> list[CostRow]:
    """The standing proposals with their price computed on the need's own figures."""
    return [CostRow(s, _costs(need, standing, s.gmv_fen)) for s in scenarios_of(need)]


def _costs(need: Need, standing: list[Proposal], gmv_fen: int) -> list[Cost]:
    fen = [cost_at(need, proposal, gmv_fen) for proposal in standing]
    least = min(fen, default=0)
    return [Cost(cost, len(fen) > 1 and cost == least) for cost in fen]


def cost_at(need: Need, proposal: Proposal, gmv_fen: int) -> int:
    """Fixed fees over the term plus the share of this GMV, in fen, rounded half up."""
    share = (gmv_fen * (proposal.share_bp or 0) + 5_000) // 10_000
    return (proposal.monthly_fee_fen or 0) * need.term_months + share


def questions_for(actor: Actor, need: Need) -> list[Question]:
    """What was asked and answered, for those who read the brief."""
    return list(need.questions.order_by("pk")) if rules.may_read_brief(actor, need) else []


def status_by_provider(need: Need, providers: list[Party]) -> dict[int, Proposal]:
    """Where each of these candidates stands with the need; drafts stay the provider's own."""
    known = need.proposals.filter(provider__in=providers)
    return {p.provider_id: p for p in known.known_to_merchant()}


def overdue_needs() -> NeedQuerySet:
    """Needs whose last day has passed; the rule decides which of them have run out."""
    return Need.objects.taking_proposals().filter(closes_on__lt=clock.today()).order_by("pk")


def values_of_need(need: Need) -> dict[str, Any]:
    """A need as its form holds it, days left out: what a template keeps."""
    return {name: getattr(need, name) for name in TEMPLATE_FIELDS} | {
        "services": sorted(need.services.values_list("pk", flat=True)),
        "categories": sorted(need.categories.values_list("pk", flat=True)),
        "city": need.city_id,
    }


@dataclass(frozen=True, slots=True)
class Beginnings:
    """What a new need may begin from."""

    templates: list[NeedTemplate]
    needs: list[Need]
    unfinished: list[NeedDraft]


def beginnings_for(actor: Actor) -> Beginnings:
    recent = Need.objects.owned_by(actor).published().order_by("-pk")
    return Beginnings(
        list(NeedTemplate.objects.usable_by(actor)),
        list(recent.only("title", "created_at")[:5]),
        unfinished_needs(actor),
    )


def unfinished_needs(actor: Actor) -> list[NeedDraft]:
    """New needs somebody of the party began to write, the latest first."""
    own = NeedDraft.objects.owned_by(actor).filter(need=None)
    return list(own.select_related("kept_by").order_by("-kept_at"))
