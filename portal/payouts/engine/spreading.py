"""Which statements a payment pays: the oldest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Spread(NamedTuple):
    """So much of transfer number `transfer` pays the statement `source`."""

    transfer: int
    source: int
    amount: int


def spread(amounts: Sequence[int], sources: Iterable[tuple[int, int]]) -> list[Spread]:
    """`sources`: (key, what of it is still to be paid), oldest first. What they do not cover is
    paid for none of them."""
    found: list[Spread] = []
    waiting = iter(sources)
    source, rest = next(waiting, (0, 0))
    for number, amount in enumerate(amounts):
        while amount:
            while rest <= 0:  # the next one that has something left
                source, rest = next(waiting, (0, 0))
                if not source:
                    return found
            part = min(amount, rest)
            found.append(Spread(number, source, part))
            amount, rest = amount - part, rest - part
    return found
