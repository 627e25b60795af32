"""What settled orders say of a party, for whoever checks its word. Orders are counted further up:
the part that has them registers itself here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Settled:
    """Through one merchant: lines paid in those days that have settled, and what is left of them
    after refunds, in fen."""

    merchant: str
    lines: int
    net_fen: int


Source = Callable[[int, date, date], list[Settled]]  # party, first and last day
_sources: list[Source] = []


def register_settlements(source: Source) -> Source:
    _sources.append(source)
    return source


def settlements_of(party_id: int, first: date, last: date) -> list[Settled]:
    """Of the days in Shanghai from `first` to `last`, both included; the largest first."""
    found = [one for source in _sources for one in source(party_id, first, last)]
    return sorted(found, key=lambda one: -one.net_fen)
