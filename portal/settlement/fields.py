"""What people say of a correction or a dispute, as values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class AdjustmentFields:
    """So much more for the party, from the other one or (None) the platform; below zero: less."""

    party_id: int
    amount_fen: int
    effective_on: date
    reason: str
    counter_party_id: int | None = None
    statement_id: int | None = None
    journal_id: int | None = None
    dispute_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class DisputeFields:
    """`lines`: keys of order lines."""

    lines: Sequence[int]
    reason: str


@dataclass(frozen=True, slots=True)
class Decision:
    """Of a dispute. `returned_bp`: how much of what is held goes back to the merchant."""

    is_upheld: bool
    why: str
    returned_bp: int = 0
