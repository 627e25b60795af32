"""What proposals cost, on the need's own figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matchmaking.engine.pricing import cost
from matchmaking.needs.models import Need, Offer, Proposal


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


def compare_costs(need: Need, standing: Sequence[Proposal | Offer]) -> list[CostRow]:
    """The standing proposals with their price computed on the need's own figures."""
    return [CostRow(s, _costs(standing, s.gmv_fen)) for s in scenarios_of(need)]


def _costs(standing: Sequence[Proposal | Offer], gmv_fen: int) -> list[Cost]:
    fen = [cost_at(proposal, gmv_fen) for proposal in standing]
    least = min(fen, default=0)
    return [Cost(cost, len(fen) > 1 and cost == least) for cost in fen]


def cost_at(proposal: Proposal | Offer, gmv_fen: int) -> int:
    """Fixed fees over the term plus the share of this GMV, in fen, rounded half up."""
    months = proposal.months if isinstance(proposal, Proposal) else proposal.term_months
    return cost(proposal.price, months=months, gmv_fen=gmv_fen)


def is_above_budget(proposal: Proposal) -> bool:
    """Whether the fee, or a share on any step, is more than the need's highest."""
    need, price = proposal.need, proposal.price
    if need.budget_high_fen and price.monthly_fee_fen > need.budget_high_fen:
        return True
    most = max([price.share_bp, *(step.share_bp for step in price.ladder)])
    return need.share_high_bp is not None and most > need.share_high_bp
