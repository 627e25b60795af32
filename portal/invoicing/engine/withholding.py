"""Income tax that is withheld from a natural person's pay, as an estimate.

Two methods, each a table of dated data:

- `cumulative` (累计预扣法, for people who work through an internet platform): of the year so far,
  income less costs (a share of it) less a sum for every month since the first one with income is
  taxed in bands, each at its own rate; what was withheld before is taken off. Never below zero.
- `single` (by payment): each month by itself; up to a limit a flat sum is taken off, above it a
  share; then the bands.

Incomes are without value-added tax. Nothing here knows of a person's other income, so it is an
estimate: what counts is the declaration.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from .rounding import BASIS, share


class Method(StrEnum):
    CUMULATIVE = "cumulative"
    SINGLE = "single"


class Band(NamedTuple):
    """Up to and including `upto_fen` (None: whatever is above) at `rate_bp`."""

    upto_fen: int | None
    rate_bp: int


@dataclass(frozen=True, slots=True)
class Table:
    """cost_bp: the share of income that counts as costs. monthly_fen: taken off for each month, of
    the cumulative method. flat_upto_fen, flat_fen: of the single one."""

    method: Method
    cost_bp: int
    bands: tuple[Band, ...]
    monthly_fen: int = 0
    flat_upto_fen: int = 0
    flat_fen: int = 0


class Withheld(NamedTuple):
    """Of one month, in fen; `cumulative` and `base` are of the year so far by the cumulative
    method, of the month by the other."""

    income: int
    cumulative: int
    base: int
    tax: int


def tax_of(base: int, bands: Sequence[Band]) -> int:
    """Each band at its own rate, rounded once."""
    taxed, lower = 0, 0
    for band in bands:
        upper = base if band.upto_fen is None else min(base, band.upto_fen)
        if upper <= lower:
            break
        taxed += (upper - lower) * band.rate_bp
        lower = upper
    return share(taxed, 1, BASIS)


def withhold(months: Sequence[tuple[int, Table]]) -> list[Withheld]:
    """`months`: of one year, income and the table that holds, in order from January on. Where the
    method changes within a year, the cumulative one counts from its own first month."""
    found: list[Withheld] = []
    year = _Year()
    for income, table in months:
        is_single = table.method is Method.SINGLE
        found.append(_single(income, table) if is_single else year.add(income, table))
    return found


def _single(income: int, table: Table) -> Withheld:
    if income <= 0:
        return Withheld(income, income, 0, 0)
    is_flat = income <= table.flat_upto_fen
    costs = table.flat_fen if is_flat else share(income, table.cost_bp, BASIS)
    base = max(0, income - costs)
    return Withheld(income, income, base, tax_of(base, table.bands))


class _Year:
    """The cumulative method, month after month."""

    def __init__(self) -> None:
        self.income, self.months, self.withheld = 0, 0, 0

    def add(self, income: int, table: Table) -> Withheld:
        if self.months or income:
            self.months += 1
        self.income += income
        costs = share(self.income, table.cost_bp, BASIS)
        base = max(0, self.income - costs - self.months * table.monthly_fen)
        tax = max(0, tax_of(base, table.bands) - self.withheld)
        self.withheld += tax
        return Withheld(income, self.income, base, tax)
