"""Signs that an order was not a customer's: counted by published formulas, never acted on alone.

- same_buyer: the same buyer paid for more than `most_a_day` lines of one shop on one day;
- quick_refund: all of a line was given back within `quick_hours` of being paid;
- one_live: more than `most_of_live_bp` of a live room's lines (of `least_lines` or more) are one
  buyer's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

SAME_BUYER, QUICK_REFUND, ONE_LIVE = "same_buyer", "quick_refund", "one_live"
SIGNS = (SAME_BUYER, QUICK_REFUND, ONE_LIVE)


@dataclass(frozen=True, slots=True)
class Thresholds:
    most_a_day: int = 5
    quick_hours: int = 12
    most_of_live_bp: int = 3_000
    least_lines: int = 20


@dataclass(frozen=True, slots=True)
class Seen:
    """A line as it is looked at. day: in Shanghai. refunded_at: when all of it was given back."""

    key: Hashable
    shop: Hashable
    buyer: str
    live: str
    day: date
    paid_at: datetime
    refunded_at: datetime | None = None


def find_signs(lines: Iterable[Seen], limits: Thresholds) -> dict[Hashable, list[str]]:
    """Signs by line, in the order of SIGNS; only lines that have some. The same lines in another
    order give the same signs."""
    lines = list(lines)
    a_day = Counter((line.shop, line.buyer, line.day) for line in lines if line.buyer)
    of_live = Counter(line.live for line in lines if line.live)
    in_live = Counter((line.live, line.buyer) for line in lines if line.live and line.buyer)

    def signs(line: Seen) -> list[str]:
        count, all_of_it = in_live[line.live, line.buyer], of_live[line.live]
        found = {
            SAME_BUYER: a_day[line.shop, line.buyer, line.day] > limits.most_a_day,
            QUICK_REFUND: line.refunded_at is not None
            and line.refunded_at - line.paid_at <= timedelta(hours=limits.quick_hours),
            ONE_LIVE: all_of_it >= limits.least_lines
            and count * 10_000 > all_of_it * limits.most_of_live_bp,
        }
        return [sign for sign in SIGNS if found[sign]]

    return {line.key: found for line in lines if (found := signs(line))}
