"""What merchants say of their products, as forms, files and the API hand it over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from portal.policies.states import ProductSource


@dataclass(frozen=True, slots=True)
class ProductFields:
    """`upstream_id`: the product's number in the order file, so that its orders find it. Amounts
    in fen, rates in basis points; choices are those of `states`."""

    name: str
    category_id: int
    price_fen: int
    commission_bp: int
    stock: int = 0
    source: str = ProductSource.SHOP
    channel: str = "brand"
    upstream_id: str = ""
    intro: str = ""
    link: str = ""
    belt_ids: Sequence[int] = field(default_factory=tuple)
    sends_samples: bool = False


@dataclass(frozen=True, slots=True)
class CertificateFields:
    kind: str
    number: str = ""
    issuer: str = ""
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class PlanFields:
    """A commission from `starts_on` until the day before `ends_on` (None: open). `creator_ids`: of
    a plan for chosen creators."""

    kind: str
    commission_bp: int
    starts_on: date
    ends_on: date | None = None
    creator_ids: Sequence[int] = field(default_factory=tuple)
    note: str = ""


@dataclass(frozen=True, slots=True)
class DayFields:
    """What was counted of a product on one day."""

    product_id: int
    day: date
    delivered: int
    good_reviews: int = 0
    bad_reviews: int = 0
    quality_returns: int = 0
    late: int = 0
    complaints: int = 0


@dataclass(frozen=True, slots=True)
class GateFields:
    """A gate before low scores, or before one product. `least_score` in hundredths."""

    effect: str
    reason: str
    starts_on: date
    least_score: int | None = None
    product_id: int | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class MoveFields:
    """A refund or penalty that is asked for. `case_id`: the case of conduct a penalty follows."""

    kind: str
    amount_fen: int
    why: str
    case_id: int | None = None
