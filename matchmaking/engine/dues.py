"""What a cooperation has come to: how far its target is reached, what its price asks for so far,
and what of the fees is given back. Plain Python, whole fen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from .pricing import WHOLE_BP, Price, cost

Refunds = Sequence[Sequence[int]]  # [from basis points of the target, basis points given back]


@dataclass(frozen=True, slots=True)
class Dues:
    """fees: of the months begun; priced: fees and share by the price; by_lines: what order lines
    gave already; refund: of the fees, by the ladder; billed: what is left to be billed, below zero
    where it goes back. attained: basis points of the target, None without one."""

    fees_fen: int
    priced_fen: int
    by_lines_fen: int
    refund_fen: int
    attained_bp: int | None

    @property
    def billed_fen(self) -> int:
        return self.priced_fen - self.by_lines_fen - self.refund_fen


def reckon(
    price: Price,
    *,
    months: int,
    base_fen: int,
    by_lines_fen: int,
    target_fen: int | None = None,
    refunds: Refunds = (),
    is_over: bool = False,
) -> Dues:
    """`base_fen`: what share and target are computed of. Nothing is given back before the end."""
    fees = price.monthly_fee_fen * months
    attained = base_fen * WHOLE_BP // target_fen if target_fen else None
    given_back = 0
    if is_over and attained is not None:
        given_back = (fees * refund_share(refunds, attained) + WHOLE_BP // 2) // WHOLE_BP
    return Dues(
        fees_fen=fees,
        priced_fen=cost(price, months=months, gmv_fen=max(base_fen, 0)),
        by_lines_fen=by_lines_fen,
        refund_fen=given_back,
        attained_bp=attained,
    )


def refund_share(refunds: Refunds, attained_bp: int) -> int:
    """Basis points of the fees that go back where so much of the target was reached."""
    reached = [back for start, back in refunds if start <= attained_bp]
    return reached[-1] if reached else 0


def is_refund_ladder(refunds: Refunds) -> bool:
    """Of more of the target a step, from nothing of it on, and giving back less a step."""
    if not refunds:
        return True
    if any(len(step) != 2 for step in refunds) or refunds[0][0] != 0:
        return False
    rises = all(a[0] < b[0] and a[1] > b[1] for a, b in pairwise(refunds))
    return rises and all(0 <= back <= WHOLE_BP for _start, back in refunds)
