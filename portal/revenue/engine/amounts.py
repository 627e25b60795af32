"""Whole fen only: rounding, and dividing without losing one."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

BASIS = 10_000  # basis points in a whole


def rate_of(amount: int, rate_bp: int) -> int:
    """So many basis points of it, rounded half up to the fen."""
    return (2 * amount * rate_bp + BASIS) // (2 * BASIS)


def half_up(amount: Fraction) -> int:
    """To the next whole fen; a half goes up."""
    return (2 * amount.numerator + amount.denominator) // (2 * amount.denominator)


def apportion(amount: int, weights: Sequence[int]) -> list[int]:
    """`amount` by weights that sum to more than zero: floors, and a fen more for those with the
    largest remainders, the earlier one where they are equal.

    A weight may be negative: its part is then negative, too, and as near to its share.
    """
    if len(weights) == 1:
        return [amount]
    total = sum(weights)
    parts, remainders = [], []
    for weight in weights:
        part, remainder = divmod(amount * weight, total)
        parts.append(part)
        remainders.append(remainder)
    missing = amount - sum(parts)
    if missing:
        by_remainder = sorted(range(len(parts)), key=remainders.__getitem__, reverse=True)
        for at in by_remainder[:missing]:
            parts[at] += 1
    return parts
