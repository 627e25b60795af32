"""What a price in any of its forms costs, in whole fen: plain Python, no floats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

WHOLE_BP = 10_000  # basis points of the whole


class PriceForm(StrEnum):
    """How somebody is paid."""

    FIXED = "fixed"
    SHARE = "share"
    BOTH = "both"
    LADDER = "ladder"
    GUARANTEE = "guarantee"


@dataclass(frozen=True, slots=True)
class Step:
    """From this much settled net GMV on (fen, over the whole term), this share of what is above."""

    from_fen: int
    share_bp: int


@dataclass(frozen=True, slots=True)
class Price:
    """A fee a month (fen) and a share of settled net GMV (basis points); on a ladder, the share is
    that of each step for the part of the GMV that lies on it, as with an income tax. Where the fee
    is a guarantee, the greater of the two is paid over the term, not both.

    Raises ValueError where a ladder does not begin at 0 or does not climb, a share is none, or a
    guarantee lacks one of the two.
    """

    monthly_fee_fen: int = 0
    share_bp: int = 0
    ladder: tuple[Step, ...] = ()
    is_guarantee: bool = False

    def __post_init__(self) -> None:
        if self.monthly_fee_fen < 0 or not _is_share(self.share_bp):
            raise ValueError("price: below 0, or a share above the whole")
        if self.is_guarantee and not (self.monthly_fee_fen and self.share_bp):
            raise ValueError("price: a guarantee has a fee and a share")
        if not self.ladder:
            return
        if self.ladder[0].from_fen != 0:
            raise ValueError("ladder: does not begin at 0")
        if not all(a.from_fen < b.from_fen for a, b in pairwise(self.ladder)):
            raise ValueError("ladder: does not climb")
        if not all(_is_share(step.share_bp) for step in self.ladder):
            raise ValueError("ladder: a share that is none")
        if self.share_bp != self.ladder[0].share_bp:
            raise ValueError("ladder: its first share is the price's share")

    @property
    def form(self) -> PriceForm:
        if self.is_guarantee:
            return PriceForm.GUARANTEE
        if len(self.ladder) > 1:
            return PriceForm.LADDER
        if self.monthly_fee_fen and self.share_bp:
            return PriceForm.BOTH
        return PriceForm.FIXED if self.monthly_fee_fen else PriceForm.SHARE


def cost(price: Price, *, months: int, gmv_fen: int) -> int:
    """Fees of the term and the share of this much settled net GMV over it, or the greater of them
    where the fees are a guarantee; in fen, the share rounded half up once, at the end."""
    fees = price.monthly_fee_fen * months
    share = (_share(price, gmv_fen) + WHOLE_BP // 2) // WHOLE_BP
    return max(fees, share) if price.is_guarantee else fees + share


def _share(price: Price, gmv_fen: int) -> int:
    """In ten-thousandths of a fen, so that nothing is rounded step by step."""
    steps: Sequence[Step] = price.ladder or (Step(0, price.share_bp),)
    ends = [step.from_fen for step in steps[1:]]
    tops = [min(end, gmv_fen) for end in ends] + [gmv_fen]
    return sum(
        max(top - step.from_fen, 0) * step.share_bp for step, top in zip(steps, tops, strict=True)
    )


def _is_share(basis_points: int) -> bool:
    return 0 <= basis_points <= WHOLE_BP
