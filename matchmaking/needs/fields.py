"""What people fill in, as values: the same for page, API, import and demo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

NEUTRAL, MOST = 5, 10  # of a priority
PRIORITIES = ("priority_price", "priority_experience", "priority_score", "priority_speed")


@dataclass(frozen=True, slots=True)
class NeedFields:
    """A brief. Money in fen; budget is a month's. A priority is from 0 to 10."""

    title: str
    brief: str
    service_ids: Sequence[int]
    category_ids: Sequence[int]
    city_id: int | None
    accepts_remote: bool
    budget_low_fen: int
    budget_high_fen: int
    gmv_target_fen: int | None
    starts_on: date
    term_months: int
    closes_on: date
    gmv_low_fen: int | None = None
    gmv_high_fen: int | None = None
    seeks: str = "provider"
    facts: Sequence[str] = ()
    price_form: str = "any"
    share_low_bp: int | None = None
    share_high_bp: int | None = None
    priority_price: int = NEUTRAL
    priority_experience: int = NEUTRAL
    priority_score: int = NEUTRAL
    priority_speed: int = NEUTRAL


@dataclass(frozen=True, slots=True)
class ProposalFields:
    """An offer: fen a month plus basis points of settled net GMV."""

    plan: str
    team: str
    monthly_fee_fen: int
    share_bp: int
    starts_on: date
