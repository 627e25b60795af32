"""What people say about content orders, as values: the same for page, API and demo."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class BriefFields:
    """`product_id`: of the merchant's own in the catalogue; `source`: where the goods are sold
    from; `carrier`: live room or video."""

    title: str
    brief: str
    product_id: int
    source: str
    carrier: str
    wanted_on: date


@dataclass(frozen=True, slots=True)
class QuoteFields:
    """A fee for the piece, and a share of the orders it brings; either may be none."""

    fee_fen: int
    share_bp: int
    revisions: int
    note: str = ""
