"""Prices as rows hold them."""

from __future__ import annotations

from collections.abc import Sequence

from matchmaking.engine.pricing import Price, Step


def price_from(
    monthly_fee_fen: int,
    share_bp: int,
    ladder: Sequence[Sequence[int]],
    is_guarantee: bool,
) -> Price:
    """`ladder`: [from fen, basis points] of each step."""
    return Price(monthly_fee_fen, share_bp, tuple(Step(*step) for step in ladder), is_guarantee)
