"""Value-added tax inside an amount: what was agreed includes it.

exclusive = inclusive × 10000 ÷ (10000 + rate), half up;  tax = inclusive − exclusive
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from .rounding import BASIS, share


class TaxLine(NamedTuple):
    """Fen, but for the rate in basis points. `inclusive = exclusive + tax`, always."""

    inclusive: int
    rate_bp: int
    exclusive: int
    tax: int


@dataclass(frozen=True, slots=True)
class VatTable:
    """A rate, and the month's sum up to which no tax is taken (None: from the first fen)."""

    rate_bp: int
    free_upto_fen: int | None = None

    def rate_of(self, month_fen: int) -> int:
        """For a payee whose sum of the month is this, tax included."""
        is_free = self.free_upto_fen is not None and month_fen <= self.free_upto_fen
        return 0 if is_free else self.rate_bp


def tax_line(inclusive: int, rate_bp: int) -> TaxLine:
    exclusive = share(inclusive, BASIS, BASIS + rate_bp)
    return TaxLine(inclusive, rate_bp, exclusive, inclusive - exclusive)


def tax_lines(amounts: Iterable[int], rate_bp: int) -> list[TaxLine]:
    """A line an amount, so that each stands on an invoice by itself."""
    return [tax_line(amount, rate_bp) for amount in amounts]


def total_of(lines: Iterable[TaxLine], rate_bp: int) -> TaxLine:
    """The sum of lines of one rate: of the lines as they are, not of a tax worked out anew."""
    found = list(lines)
    return TaxLine(
        sum(line.inclusive for line in found),
        rate_bp,
        sum(line.exclusive for line in found),
        sum(line.tax for line in found),
    )
