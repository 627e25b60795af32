"""What people say of their parties, as values: the same for page, API, import and demo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

CONTACT_PHONE = r"^\+?[0-9][0-9 -]{6,18}$"


@dataclass(frozen=True, slots=True)
class PartyFields:
    """What every party says of itself. `shares`: category id → percent, summing to 100."""

    name: str
    legal_name: str
    uscc: str
    city_id: int
    contact_name: str
    contact_phone: str
    intro: str = ""
    shares: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ProviderFields:
    """What a provider offers; prices in fen a month."""

    service_ids: Sequence[int]
    city_ids: Sequence[int]
    works_remotely: bool
    price_low_fen: int
    price_high_fen: int
