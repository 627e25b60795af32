"""How old what is owed is: the oldest is paid first, so what is left are the newest amounts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

BUCKETS = (0, 30, 60, 90, 180)  # the last day of each but the last, which has no end


def layers(movements: Sequence[tuple[date, int]]) -> list[tuple[date, int]]:
    """What is left of dated amounts, newest last; all of one sign, and together their sum.

    What comes in pays off the oldest that is open, whichever side owes. So the rest always lies in
    the newest amounts of the side that is ahead, which needs no history of who was ahead when.
    """
    left = sum(amount for _on, amount in movements)
    sign = 1 if left > 0 else -1
    found: list[tuple[date, int]] = []
    for on, amount in sorted(movements, reverse=True):
        if not left:
            break
        if amount * sign > 0:
            part = sign * min(abs(amount), abs(left))
            found.append((on, part))
            left -= part
    return found[::-1]


def bucket_of(days: int) -> int:
    """0: not due yet; then 1-30, 31-60, 61-90, 91-180, and more."""
    return next((at for at, last in enumerate(BUCKETS) if days <= last), len(BUCKETS))


def buckets_of(open_amounts: Iterable[tuple[date, int]], day: date) -> list[int]:
    """Sums by how many days each has been open on `day`."""
    sums = [0] * (len(BUCKETS) + 1)
    for on, amount in open_amounts:
        sums[bucket_of((day - on).days)] += amount
    return sums
