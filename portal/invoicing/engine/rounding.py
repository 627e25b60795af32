"""Whole fen, rounded half up; what is below zero mirrors what is above."""

from __future__ import annotations

BASIS = 10_000  # basis points in the whole


def share(amount: int, part: int, whole: int) -> int:
    """`amount × part ÷ whole`."""
    sign = -1 if (amount < 0) != (part < 0) else 1
    return sign * ((2 * abs(amount) * abs(part) + whole) // (2 * whole))
