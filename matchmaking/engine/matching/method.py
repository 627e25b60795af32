"""The published method of matching: which parts count, how much, and their constants."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

PART_CODES = (
    "category",
    "price",
    "commission",
    "reputation",
    "poster",
    "samples",
    "freshness",
)
TOTAL_WEIGHT = 100


@dataclass(frozen=True)
class Part:
    """One part of the score and the points a full match is worth."""

    code: str
    weight: float


@dataclass(frozen=True)
class MatchingMethod:
    """A version of the matching method.

    parts: in the order they are shown; weights are points and sum to 100.
    price_bands: where each band of prices begins, in fen, the first at 0.
    commission_full_bp: a commission from here on is worth all points of its part.
    unknown: what a part is worth, from 0 to 1, where nobody has measured it.
    freshness_half_life_days: after this long a product's freshness is worth half.

    Raises ValueError, beginning with the path of the wrong field.
    """

    version: str
    parts: tuple[Part, ...]
    price_bands: tuple[int, ...]
    commission_full_bp: int
    unknown: float
    freshness_half_life_days: float

    def __post_init__(self) -> None:
        if not self.version:
            raise ValueError("version: empty")
        codes = [part.code for part in self.parts]
        if sorted(codes) != sorted(PART_CODES):
            raise ValueError(f"parts: each of {', '.join(PART_CODES)} once")
        if not all(0 < part.weight < math.inf for part in self.parts):
            raise ValueError("parts: every weight above 0 and finite")
        total = math.fsum(part.weight for part in self.parts)
        if not math.isclose(total, TOTAL_WEIGHT, abs_tol=1e-9):
            raise ValueError(f"parts: weights sum to {total:g}, not {TOTAL_WEIGHT}")
        if self.price_bands[:1] != (0,) or list(self.price_bands) != sorted(set(self.price_bands)):
            raise ValueError("price_bands: from 0, ascending")
        if not 0 < self.commission_full_bp <= 10_000:
            raise ValueError("commission_full_bp: from 1 to 10,000")
        if not 0 <= self.unknown <= 1:
            raise ValueError("unknown: from 0 to 1")
        if not 0 < self.freshness_half_life_days < math.inf:
            raise ValueError("freshness_half_life_days: above 0 and finite")

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read a method as stored. Raises ValueError for unknown or missing keys."""
        known = set(cls.__dataclass_fields__)
        for key in sorted(known.symmetric_difference(data)):
            raise ValueError(f"{key}: {'missing' if key in known else 'unknown key'}")
        return cls(
            version=str(data["version"]),
            parts=tuple(Part(str(one["code"]), float(one["weight"])) for one in data["parts"]),
            price_bands=tuple(_whole(data["price_bands"])),
            commission_full_bp=int(data["commission_full_bp"]),
            unknown=float(data["unknown"]),
            freshness_half_life_days=float(data["freshness_half_life_days"]),
        )

    def weight(self, code: str) -> float:
        return next(part.weight for part in self.parts if part.code == code)


def _whole(values: Sequence[Any]) -> list[int]:
    return [int(value) for value in values]
