"""The reputation of products.

Each day counts by its age: a day 45 days old counts half of today. Within a part every rate is
drawn towards what is usual with the weight of `PRIOR` orders, so that a few orders say little;
then a rate of `usual` gives 4 of 5, none gives 5, and `worst` or more gives 0, linear between.

    product   0.5   good share of reviews (half), returns for quality (half)
    delivery  0.2   late share of delivered orders
    service   0.2   complaints a delivered order
    conduct   0.1   5 less what the merchant's violation points take

Where fewer than 30 orders (uncounted by age) were delivered in 90 days there is no score.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
WINDOW_DAYS, HALF_LIFE_DAYS, LEAST_DELIVERED = 90, 45, 30
WEIGHTS: Mapping[str, float] = {"product": 0.5, "delivery": 0.2, "service": 0.2, "conduct": 0.1}
PRIOR = 20.0  # orders with the usual rate that everybody begins with
FULL, FOUR = 5.0, 4.0
POINTS_A_STAR = 5.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A rate of bad things: `usual` gives 4 of 5, `worst` and more 0."""

    usual: float
    worst: float


BARS: Mapping[str, Bar] = {
    "bad_reviews": Bar(0.05, 0.30),
    "quality_returns": Bar(0.02, 0.12),
    "late": Bar(0.04, 0.25),
    "complaints": Bar(0.01, 0.08),
}


@dataclass(frozen=True, slots=True)
class Day:
    """Counts of one day; `age` in days, from 0."""

    age: int
    delivered: int
    good_reviews: int = 0
    bad_reviews: int = 0
    quality_returns: int = 0
    late: int = 0
    complaints: int = 0


COUNTS = ("delivered", "good_reviews", "bad_reviews", "quality_returns", "late", "complaints")


@dataclass(frozen=True, slots=True)
class Part:
    """One of WEIGHTS: its score and the rates it was read from."""

    name: str
    weight: float
    score: float
    rates: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Rating:
    """`score` from 0 to 5, rounded to hundredths; None: fewer than 30 delivered orders."""

    score: float | None
    delivered: int
    parts: tuple[Part, ...]


def conduct_score(points: float) -> float:
    """5 for no violation points in force; each point takes a fifth of a star, down to 0."""
    return max(0.0, FULL - points / POINTS_A_STAR)


def decay(age: int | Array) -> float | Array:
    """What a day counts by its age; nothing before or behind the window."""
    ages = np.asarray(age, dtype=np.float64)
    within = (ages >= 0) & (ages < WINDOW_DAYS)
    counted = np.where(within, 0.5 ** (ages / HALF_LIFE_DAYS), 0.0)
    return float(counted) if counted.ndim == 0 else counted


def rate_product(days: Sequence[Day], conduct: float = FULL) -> Rating:
    """`conduct`: from 0 to 5."""
    if not days:
        return Rating(None, 0, ())
    counts = np.array([[getattr(day, name) for name in COUNTS] for day in days], dtype=np.float64)
    ages = np.array([day.age for day in days], dtype=np.float64)
    owners = np.zeros(len(days), dtype=np.int64)
    return rate_products(owners, ages, counts, np.array([conduct]))[0]


def rate_products(
    owners: NDArray[np.int64], ages: Array, counts: Array, conduct: Array
) -> list[Rating]:
    """Many at once. `owners`: to which product (from 0) each row of `counts` (days × COUNTS)
    belongs; `conduct`: of each product."""
    n = len(conduct)
    weights = np.asarray(decay(ages))
    weighted = np.zeros((n, len(COUNTS)))
    np.add.at(weighted, owners, counts * weights[:, None])
    delivered = np.zeros(n)
    np.add.at(delivered, owners, np.where(weights > 0, counts[:, 0], 0.0))
    rates = _rates(weighted)
    scores = {name: _points(rates[name], BARS[name]) for name in BARS}
    parts = {
        "product": (scores["bad_reviews"] + scores["quality_returns"]) / 2,
        "delivery": scores["late"],
        "service": scores["complaints"],
        "conduct": np.clip(conduct, 0.0, FULL),
    }
    total = sum((weight * parts[name] for name, weight in WEIGHTS.items()), np.zeros(n))
    return [_rating(i, total, delivered, parts, rates) for i in range(n)]


def _rates(weighted: Array) -> dict[str, Array]:
    """Bad things a review or an order, drawn to what is usual."""
    delivered, good, bad, returns, late, complaints = weighted.T
    return {
        "bad_reviews": _drawn(bad, good + bad, BARS["bad_reviews"]),
        "quality_returns": _drawn(returns, delivered, BARS["quality_returns"]),
        "late": _drawn(late, delivered, BARS["late"]),
        "complaints": _drawn(complaints, delivered, BARS["complaints"]),
    }


def _drawn(bad: Array, out_of: Array, bar: Bar) -> Array:
    return (bad + PRIOR * bar.usual) / (out_of + PRIOR)


def _points(rate: Array, bar: Bar) -> Array:
    """None gives 5, the usual 4, the worst 0; straight lines between."""
    return np.interp(rate, [0.0, bar.usual, bar.worst], [FULL, FOUR, 0.0])


PARTS_OF: Mapping[str, tuple[str, ...]] = {
    "product": ("bad_reviews", "quality_returns"),
    "delivery": ("late",),
    "service": ("complaints",),
    "conduct": (),
}


def _rating(
    i: int,
    total: Array,
    delivered: Array,
    parts: Mapping[str, Array],
    rates: Mapping[str, Array],
) -> Rating:
    shown = tuple(
        Part(
            name,
            WEIGHTS[name],
            round(float(parts[name][i]), 2),
            {rate: round(float(rates[rate][i]), 4) for rate in PARTS_OF[name]},
        )
        for name in WEIGHTS
    )
    count = int(delivered[i])
    score = round(float(total[i]), 2) if count >= LEAST_DELIVERED else None
    return Rating(score, count, shown)
