"""What somebody says of rules of growth, as values: for admin, demo and reference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class RulesFields:
    """`ladders`: of each line five floors, from the first level up, in its unit. `benefits`: (size,
    band, kind) → amount."""

    starts_on: date
    source: str
    ladders: Mapping[str, Sequence[int]]
    benefits: Mapping[tuple[str, int, str], int] = field(default_factory=dict)
