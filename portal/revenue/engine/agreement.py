"""An agreement as data: who gets which part of an order, and what is added once a month.

Rates are basis points (1/10,000), amounts fen. `parse_agreement` is the way to make one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

RESIDUAL = "residual"  # the component of what the others leave


class LadderMode(StrEnum):
    MARGINAL = "marginal"  # each band at its own rate
    WHOLE_BAND = "whole_band"  # everything at the rate of the band reached


class GuaranteeMode(StrEnum):
    MAX = "max"
    PLUS = "plus"


class Basis(StrEnum):
    NET_GMV = "net_gmv"


@dataclass(frozen=True, slots=True)
class Component:
    """A part of its parent (at the top of the gross): `rate_bp` of it, or `fixed_fen` a line.

    shares: party → weight, in the order written, of what its own `components` leave.
    """

    code: str
    rate_bp: int | None
    fixed_fen: int | None
    cap_fen: int | None
    shares: tuple[tuple[str, int], ...]
    components: tuple[Component, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """Up to and including `up_to_fen`; the last band has no end."""

    up_to_fen: int | None
    rate_bp: int


@dataclass(frozen=True, slots=True)
class Ladder:
    mode: LadderMode
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class Guarantee:
    """For a whole month."""

    fen: int
    mode: GuaranteeMode


@dataclass(frozen=True, slots=True)
class PeriodComponent:
    """What `payer` owes `party` for a month: a ladder, a rate, or a fixed sum.

    less: codes of components whose entries of the month are deducted.
    """

    code: str
    party: str
    payer: str
    ladder: Ladder | None
    rate_bp: int | None
    fixed_fen: int | None
    guarantee: Guarantee | None
    less: tuple[str, ...]


class BillKind(StrEnum):
    RETAINER = "retainer"
    PIT_FEE = "pit_fee"
    KILL_FEE = "kill_fee"
    OTHER = "other"


class BillWhen(StrEnum):
    START = "start"  # so many days after the first day it holds
    MONTH = "month"  # on a day of each month it holds
    DAY = "day"  # on one day
    CALL = "call"  # when the payee calls for it


@dataclass(frozen=True, slots=True)
class BillDue:
    """days: after the start or the call, or the day of the month."""

    when: BillWhen
    days: int
    on: date | None


@dataclass(frozen=True, slots=True)
class RefundBand:
    """From this part of the target on, this share of the bill comes back."""

    from_bp: int
    refund_bp: int


@dataclass(frozen=True, slots=True)
class RefundLadder:
    """Measured on settled net turnover of what is paid in `days` from the due day on."""

    target_fen: int
    days: int
    bands: tuple[RefundBand, ...]


@dataclass(frozen=True, slots=True)
class InvoiceComponent:
    """A sum that no order pays: `payer` is billed for it."""

    code: str
    kind: BillKind
    party: str
    payer: str
    amount_fen: int
    due: BillDue
    refund: RefundLadder | None


@dataclass(frozen=True, slots=True)
class PaidTo:
    """One party is paid for both sides, and pays the other so many days after a month's end."""

    party: str
    onward_days: int


@dataclass(frozen=True, slots=True)
class Seal:
    """Who stamps it before it holds, and in how many days."""

    by: tuple[str, ...]
    days: int


class Leg(NamedTuple):
    component: str
    party: str


@dataclass(frozen=True)
class Agreement:
    """effective_to: the first day that no longer counts; None for open."""

    version: int
    effective_from: date
    effective_to: date | None
    residual: str
    components: tuple[Component, ...]
    period_components: tuple[PeriodComponent, ...]
    invoice_components: tuple[InvoiceComponent, ...] = ()
    paid_to: PaidTo | None = None
    seal: Seal | None = None
    is_owners: bool = False  # only an owner signs it

    @cached_property
    def legs(self) -> tuple[Leg, ...]:
        """Depth first as written: a component's own legs, those of the components taken out of
        it, its next sibling's; the residual last."""
        own = (Leg(one.code, party) for one in self.walk() for party, _ in one.shares)
        return (*own, Leg(RESIDUAL, self.residual))

    def walk(self) -> Iterator[Component]:
        yield from _walk(self.components)

    def covers(self, day: date) -> bool:
        return self.effective_from <= day and (self.effective_to is None or day < self.effective_to)


def _walk(components: tuple[Component, ...]) -> Iterator[Component]:
    for one in components:
        yield one
        yield from _walk(one.components)
