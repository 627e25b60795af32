"""What people fill in, as values: the same for page, API and demo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from portal.policies.states import ProductSource


@dataclass(frozen=True, slots=True)
class PostFields:
    """Which products are wanted. Money in fen, rates in basis points. `sources`: where the goods
    may be sold from. `samples_wanted`: pieces to try, 0 for none."""

    title: str
    brief: str
    category_ids: Sequence[int]
    price_low_fen: int
    price_high_fen: int
    commission_least_bp: int
    live_on: date
    closes_on: date
    carrier: str = "live"
    sources: Sequence[str] = field(default_factory=lambda: [ProductSource.SHOP.value])
    samples_wanted: int = 0
    is_exclusive: bool = False
    term_months: int = 3


@dataclass(frozen=True, slots=True)
class ApplicationFields:
    """What a merchant offers with a product: the commission, pieces to try, whether nobody else
    sells it meanwhile, and a word."""

    commission_bp: int
    samples: int = 0
    is_exclusive: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class OfferFields:
    """What one side proposes instead."""

    commission_bp: int
    samples: int = 0
    note: str = ""
