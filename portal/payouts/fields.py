"""What finance says about payouts, as values: the same for page, API, import and demo."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class BatchFields:
    """`template`: the code of a bank file template; its route is the batch's. `only_requested`:
    nobody but those who asked to be paid."""

    template: str
    purpose: str
    only_requested: bool = False


@dataclass(frozen=True, slots=True)
class ResultFields:
    """What the bank says of one transfer; `amount_fen`: what arrived."""

    batch: str
    key: str
    status: str  # paid, partial or rejected
    amount_fen: int
    on: date
    reference: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Owed:
    """Something the platform owes a party. `key`: what owes it, once."""

    party_id: int
    key: str
    text: str
    amount_fen: int
