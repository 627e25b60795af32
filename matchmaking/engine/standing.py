"""Where a bid that lost stood against the one that was awarded: in bands, so that the winner's
terms stay its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

CLOSE_PERCENT = 5  # within this, two prices are about the same
FAR_PERCENT = 20


class PriceBand(StrEnum):
    LOWER = "lower"
    CLOSE = "close"
    HIGHER = "higher"
    FAR = "far"


class Order(StrEnum):
    EARLIER = "earlier"
    SAME = "same"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Bid:
    """What two bids are compared by: the cost of the term in fen, the first day of the work, and
    when it was handed in."""

    cost_fen: int
    starts_on: date
    submitted_at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """`place` by price from 1, of `bids`; equal prices share the better place."""

    price: PriceBand
    place: int
    bids: int
    start: Order
    answer: Order


def standing_of(own: Bid, awarded: Bid, every: Sequence[Bid]) -> Standing:
    """`every` bid of the need, with both of these."""
    return Standing(
        price=_band(own.cost_fen, awarded.cost_fen),
        place=1 + sum(bid.cost_fen < own.cost_fen for bid in every),
        bids=len(every),
        start=_order(own.starts_on, awarded.starts_on),
        answer=_order(own.submitted_at, awarded.submitted_at),
    )


def _band(own: int, awarded: int) -> PriceBand:
    difference = (own - awarded) * 100
    if abs(difference) <= awarded * CLOSE_PERCENT:
        return PriceBand.CLOSE
    if difference < 0:
        return PriceBand.LOWER
    return PriceBand.HIGHER if difference <= awarded * FAR_PERCENT else PriceBand.FAR


def _order(own: date, awarded: date) -> Order:
    if own == awarded:
        return Order.SAME
    return Order.EARLIER if own < awarded else Order.LATER
