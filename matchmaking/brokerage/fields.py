"""What is asked for and what came of it, as forms and the API hand it over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class IntroductionFields:
    """Fen in all; the last day on which an answer is of use."""

    subject: str
    brief: str
    budget_fen: int
    wanted_by: date


@dataclass(frozen=True, slots=True)
class SignedTerms:
    """What the contract says of money and days: fen a month, basis points of settled net GMV."""

    monthly_fee_fen: int
    share_bp: int
    starts_on: date
    term_months: int
    ladder: Sequence[Sequence[int]] = ()
    is_guarantee: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it ended. `gmv_fen` is what both sides reported, where it was carried out."""

    succeeded: bool
    note: str
    gmv_fen: int | None = None
