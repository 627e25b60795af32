"""How providers suit what a brand asks for, as the part that keeps its needs tells it. Only the
brand reads it: a provider never sees its points in a merchant's order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from matchmaking.matching.lines import PartLine


@dataclass(frozen=True, slots=True)
class Asked:
    """Points from 0 to 100 in the order of an open need, how much of them is measured in percent,
    and by which need."""

    points: int
    certainty: int
    parts: list[PartLine]
    need_id: int
    title: str
    shown: None = None  # no product


Teller = Callable[[int, Sequence[int]], Mapping[int, Asked]]  # a merchant, providers
_tellers: list[Teller] = []


def register_offers(teller: Teller) -> Teller:
    _tellers.append(teller)
    return teller


def offers_to(merchant: int, providers: Sequence[int]) -> dict[int, Asked]:
    """By provider; without those that stand in no order of the merchant's."""
    found: dict[int, Asked] = {}
    for teller in _tellers if providers else ():
        found |= teller(merchant, providers)
    return found
