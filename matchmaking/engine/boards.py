"""The weekly board of good products (好物榜), in plain Python.

    points = 100 × (0.7 × settled sales ÷ the category's best + 0.3 × reputation ÷ 5)

Only rated products stand on it, from `least_score` on and with at least `least_orders` settled
orders in the week. Equal points: more sales, then the better reputation, then the older number.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

SALES_WEIGHT, REPUTATION_WEIGHT = 0.7, 0.3
BEST_SCORE = 500  # hundredths


@dataclass(frozen=True, slots=True)
class Seller:
    """A product's week: settled sales less refunds in fen, settled orders, reputation in
    hundredths (None: not rated)."""

    product: int
    sales_fen: int
    orders: int
    score: int | None


@dataclass(frozen=True, slots=True)
class Place:
    rank: int
    seller: Seller
    points: float


def rank_sellers(
    sellers: Iterable[Seller], *, size: int, least_score: int, least_orders: int
) -> list[Place]:
    """The first `size` of one category."""
    standing = [
        one
        for one in sellers
        if one.score is not None
        and one.score >= least_score
        and one.orders >= least_orders
        and one.sales_fen > 0
    ]
    best = max((one.sales_fen for one in standing), default=0)
    told = sorted(((_points(one, best), one) for one in standing), key=_order)
    return [Place(rank, one, points) for rank, (points, one) in enumerate(told[:size], start=1)]


def _points(seller: Seller, best: int) -> float:
    sales = seller.sales_fen / best
    reputation = (seller.score or 0) / BEST_SCORE
    return round(100 * (SALES_WEIGHT * sales + REPUTATION_WEIGHT * reputation), 2)


def _order(told: tuple[float, Seller]) -> tuple[float, int, int, int]:
    points, seller = told
    return -points, -seller.sales_fen, -(seller.score or 0), seller.product
