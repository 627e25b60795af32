"""Who got how much of a turnover, for a picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Share(NamedTuple):
    """`title`: of the part; `kind`: its party's, for the colour; in fen."""

    title: str
    party: str
    kind: str
    amount: int


class Shares(NamedTuple):
    """Of so much turnover; what the parts do not cover is the `rest`'s."""

    title: str
    gross: int
    parts: Sequence[Share]
    rest: str

    @property
    def can_be_drawn(self) -> bool:
        """Parts of a whole, none of them below zero."""
        amounts = [one.amount for one in self.parts]
        return 0 < sum(amounts) <= self.gross and min(amounts) >= 0
