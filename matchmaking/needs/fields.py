"""What people fill in, as values: the same for page, API, import and demo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

NEUTRAL, MOST = 5, 10  # of a priority
OF_CREATORS = (
    *("followers_least", "shopping_least", "goods_low_fen", "goods_high_fen"),
    *("lives_wanted", "videos_wanted", "gives_samples"),
)
PROMISES = ("lives", "videos", "samples_wanted", "delivers_by", "creators")
OF_AGENCIES = ("followers_least", "roster_least", "creator_level", "creators_wanted")
DIMENSIONS = ("connection", "growth", "talent", "improvement", "health")
PRIORITIES = (
    *("priority_price", "priority_experience", "priority_score", "priority_speed"),
    *(f"priority_{dimension}" for dimension in DIMENSIONS),
)


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
    only_for_id: int | None = None
    facts: Sequence[str] = ()
    price_form: str = "any"
    share_low_bp: int | None = None
    share_high_bp: int | None = None
    followers_least: int | None = None  # of a creator, or of an agency's together
    # of creators
    shopping_least: int | None = None
    goods_low_fen: int | None = None
    goods_high_fen: int | None = None
    lives_wanted: int | None = None
    videos_wanted: int | None = None
    gives_samples: bool = False
    # of agencies
    roster_least: int | None = None
    creator_level: str = ""
    creators_wanted: int | None = None
    priority_price: int = NEUTRAL
    priority_experience: int = NEUTRAL
    priority_score: int = NEUTRAL
    priority_speed: int = NEUTRAL
    priority_connection: int = NEUTRAL
    priority_growth: int = NEUTRAL
    priority_talent: int = NEUTRAL
    priority_improvement: int = NEUTRAL
    priority_health: int = NEUTRAL


Ladder = Sequence[
    tuple[int, int]
]  # (from fen of GMV over the term, basis points), the first from 0


@dataclass(frozen=True, slots=True)
class ProposalFields:
    """An offer: fen a month plus basis points of settled net GMV, on a ladder or not; or the
    greater of the two, where the fee is a guarantee."""

    plan: str
    monthly_fee_fen: int
    share_bp: int
    starts_on: date
    ladder: Ladder = ()
    is_guarantee: bool = False
    team: str = ""  # not of creators
    # of creators
    lives: int | None = None
    videos: int | None = None
    samples_wanted: int | None = None
    delivers_by: date | None = None
    # of agencies
    creators: int | None = None


@dataclass(frozen=True, slots=True)
class ServiceOfferFields:
    """A package: what is done, for how much and how long, and how soon an order is answered.
    `service_level`: what an order makes a term of the cooperation."""

    title: str
    scope: str
    service_ids: Sequence[int]
    monthly_fee_fen: int
    share_bp: int
    term_months: int
    lead_days: int
    answer_hours: int
    most_open: int
    service_level: str = ""
    ladder: Ladder = ()
    is_guarantee: bool = False


@dataclass(frozen=True, slots=True)
class OfferFields:
    """What one side proposes to the other instead: the terms, and a word with them."""

    monthly_fee_fen: int
    share_bp: int
    starts_on: date
    term_months: int
    ladder: Ladder = ()
    is_guarantee: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class CallFields:
    """Times one side suggests for a call of so many minutes. `link` is where both meet; without one
    they ring each other."""

    times: Sequence[datetime]
    minutes: int = 30
    link: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class FreeSpan:
    """Days on which a creator has time, both included."""

    starts_on: date
    ends_on: date
