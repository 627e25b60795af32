"""Signs that a claim deserves a second look. Each has a formula and a threshold that everybody
reads; none decides anything: a claim with a sign waits for a person.

| sign | value | of at least | from |
|---|---|---|---|
| refunded soon | 100 × orders refunded whole within 24 hours of payment ÷ orders | 5 orders | 20 |
| one buyer | 100 × orders of the buyer with most of them ÷ orders whose buyer is known | 5 | 30 |
| burst | 100 × most records within any 10 minutes ÷ records | 10 records | 80 |
| shared | other claimants of the same task that share a person or an account | – | 1 |

Records of a nightly import stand at the time they happened, not at the time of the import, so an
import is no burst. Shares are whole percent, rounded down.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

SOON = timedelta(hours=24)
BURST = timedelta(minutes=10)
LEAST_ORDERS, LEAST_RECORDS = 5, 10


class Sign(StrEnum):
    REFUNDED_SOON = "refunded_soon"
    ONE_BUYER = "one_buyer"
    BURST = "burst"
    SHARED = "shared"


THRESHOLDS: dict[Sign, int] = {
    Sign.REFUNDED_SOON: 20,
    Sign.ONE_BUYER: 30,
    Sign.BURST: 80,
    Sign.SHARED: 1,
}


@dataclass(frozen=True, slots=True)
class Order:
    """`buyer`: a name that stands for one buyer, empty where it is not known. `refunded_at`: when
    the whole of it had been given back."""

    buyer: str
    paid_at: datetime
    refunded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of one claim. `recorded`: when each of its records happened."""

    orders: Sequence[Order] = field(default_factory=tuple)
    recorded: Sequence[datetime] = field(default_factory=tuple)
    shared: int = 0


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign that there is, with its value and the threshold it meets; `of`: how many orders or
    records it was reckoned from."""

    sign: Sign
    value: int
    threshold: int
    of: int


def marks_of(evidence: Evidence) -> list[Mark]:
    """In the order of `Sign`; empty for most claims."""
    return [mark for mark in _reckoned(evidence) if mark.value >= mark.threshold]


def _reckoned(evidence: Evidence) -> Iterator[Mark]:
    orders = evidence.orders
    if len(orders) >= LEAST_ORDERS:
        soon = sum(_is_refunded_soon(one) for one in orders)
        yield _mark(Sign.REFUNDED_SOON, soon, len(orders))
    buyers = Counter(one.buyer for one in orders if one.buyer)
    if buyers.total() >= LEAST_ORDERS:
        yield _mark(Sign.ONE_BUYER, max(buyers.values()), buyers.total())
    if len(evidence.recorded) >= LEAST_RECORDS:
        most = most_within(evidence.recorded, BURST)
        yield _mark(Sign.BURST, most, len(evidence.recorded))
    yield Mark(Sign.SHARED, evidence.shared, THRESHOLDS[Sign.SHARED], evidence.shared)


def _mark(sign: Sign, part: int, of: int) -> Mark:
    return Mark(sign, 100 * part // of, THRESHOLDS[sign], of)


def _is_refunded_soon(order: Order) -> bool:
    return order.refunded_at is not None and order.refunded_at - order.paid_at <= SOON


def most_within(moments: Sequence[datetime], span: timedelta) -> int:
    """The most of them in any time of this length, its ends with it."""
    ordered = sorted(moments)
    return max(
        (bisect_right(ordered, at + span) - place for place, at in enumerate(ordered)), default=0
    )
