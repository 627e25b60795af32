"""The reputation of creators: 70 percent from the goods they promoted, the rest their own conduct.

Goods count by the orders a creator brought of them, each by its age as for products; goods that
are not rated yet say nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .products import FULL, LEAST_DELIVERED

INHERITED = 0.7


@dataclass(frozen=True, slots=True)
class Promoted:
    """A product: its score, the orders brought, and these counted by their age."""

    score: float | None
    orders: int
    weight: float


@dataclass(frozen=True, slots=True)
class CreatorRating:
    """`score` None: fewer than 30 orders of rated goods in 90 days."""

    score: float | None
    orders: int
    goods: float | None
    conduct: float


def rate_creator(promoted: Iterable[Promoted], conduct: float = FULL) -> CreatorRating:
    rated = [one for one in promoted if one.score is not None and one.weight > 0]
    orders, weight = sum(one.orders for one in rated), sum(one.weight for one in rated)
    own = min(max(conduct, 0.0), FULL)
    if not weight:
        return CreatorRating(None, orders, None, own)
    goods = sum((one.score or 0.0) * one.weight for one in rated) / weight
    score = round(INHERITED * goods + (1 - INHERITED) * own, 2)
    return CreatorRating(score if orders >= LEAST_DELIVERED else None, orders, round(goods, 2), own)
