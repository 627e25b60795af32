"""What of statements' invoices is taken back where a balance fell below zero, and invoiced again as
later months set it off.

A statement's invoice is over what it released. What falls below zero was released, and invoiced,
before: a red letter takes it back, of the newest invoice first. What later sets it off is no
release and yet earned: it is invoiced with that statement, so that in the end the invoices are what
was earned.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple


class Told(NamedTuple):
    """A statement, in fen. `invoiced`: what its invoice is over; None: none is due yet."""

    key: int
    carried_in: int
    total: int
    released: int
    invoiced: int | None


@dataclass(slots=True)
class TakenBack:
    """`red`: by statement, what of its invoice is to be taken back in all. `again`: by statement
    without an invoice yet, what is invoiced beside its release."""

    red: dict[int, int] = field(default_factory=dict)
    again: dict[int, int] = field(default_factory=dict)


def taking_back(statements: Iterable[Told]) -> TakenBack:
    """Of one party's statements, the oldest first."""
    found, left = TakenBack(), list[tuple[int, int]]()  # left: of each invoice, the newest last
    for one in statements:
        change = min(one.total, 0) - min(one.carried_in, 0)
        if change < 0:
            left = _take(found.red, left, -change)
        elif change > 0:
            back = min(change, sum(found.red.values()) - sum(found.again.values()))
            if one.invoiced is None:
                found.again[one.key] = back
            else:  # an invoice over less stands already: so much less is taken back
                known = min(one.invoiced - one.released, back)
                found.again[one.key] = known
                left = _give(found.red, left, back - known)
        if one.invoiced:
            left.append((one.key, one.invoiced))
    return found


def _take(red: dict[int, int], left: list[tuple[int, int]], want: int) -> list[tuple[int, int]]:
    kept = []
    for key, rest in reversed(left):
        part = min(want, rest)
        want -= part
        if part:
            red[key] = red.get(key, 0) + part
        kept.append((key, rest - part))
    return kept[::-1]


def _give(red: dict[int, int], left: list[tuple[int, int]], back: int) -> list[tuple[int, int]]:
    kept = []
    for key, rest in left:
        part = min(back, red.get(key, 0))
        back -= part
        if part:
            red[key] -= part
        kept.append((key, rest + part))
    return kept
