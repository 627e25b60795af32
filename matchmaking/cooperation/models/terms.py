"""What both sides agreed on, as plain values: what an amendment may change, and how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from matchmaking.cooperation.fields import PriceFields
from matchmaking.cooperation.models.cooperation import Cooperation

Terms = dict[str, Any]
FIRST = ("title", "starts_on")  # what only the first version settles
DAYS = ("starts_on", "ends_on")
PRICE = tuple(field.name for field in fields(PriceFields))
AMENDABLE = (
    *PRICE,
    "gmv_target_fen",
    "refund_ladder",
    "settlement_base",
    "ends_on",
    "scope",
    "service_level",
    "notice_days",
    "payment_day",
)


def terms_of(cooperation: Cooperation) -> Terms:
    """By their columns; a day as it is written in JSON."""
    names = AMENDABLE if cooperation.is_agreed else (*FIRST, *AMENDABLE)
    return {name: plain_term(getattr(cooperation, name)) for name in names}


def put_terms(cooperation: Cooperation, terms: Mapping[str, Any]) -> None:
    """The reverse. What was agreed before a column existed does not name it, and leaves it."""
    for name, value in terms.items():
        setattr(cooperation, name, date.fromisoformat(value) if name in DAYS else value)


def plain_term(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return [list(step) for step in value] if isinstance(value, list | tuple) else value
