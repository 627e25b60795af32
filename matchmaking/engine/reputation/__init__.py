"""How good a product and its seller's work are, from 0 to 5, by counted facts of 90 days."""

from .creators import INHERITED, CreatorRating, Promoted, rate_creator
from .products import (
    BARS,
    FULL,
    HALF_LIFE_DAYS,
    LEAST_DELIVERED,
    PARTS_OF,
    WEIGHTS,
    WINDOW_DAYS,
    Day,
    Part,
    Rating,
    conduct_score,
    decay,
    rate_product,
    rate_products,
)

__all__ = [
    "BARS",
    "FULL",
    "HALF_LIFE_DAYS",
    "INHERITED",
    "LEAST_DELIVERED",
    "PARTS_OF",
    "WEIGHTS",
    "WINDOW_DAYS",
    "CreatorRating",
    "Day",
    "Part",
    "Promoted",
    "Rating",
    "conduct_score",
    "decay",
    "rate_creator",
    "rate_product",
    "rate_products",
]
