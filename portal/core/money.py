"""Money at the edges: integer fen, frozen, no floats. The database keeps plain bigint fen."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

YUAN = re.compile(r"^(-?)¥?\s*(\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.(\d{1,2}))?$")


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in fen (1/100 yuan)."""

    fen: int

    def __post_init__(self) -> None:
        if type(self.fen) is not int:  # bool and float are both refused
            raise TypeError(f"fen must be an int, not {type(self.fen).__name__}")

    def __add__(self, other: Money) -> Money:
        return Money(self.fen + other.fen)

    def __sub__(self, other: Money) -> Money:
        return Money(self.fen - other.fen)

    def __neg__(self) -> Money:
        return Money(-self.fen)

    def __str__(self) -> str:
        """`¥1,234.50`, with a true minus sign."""
        yuan, fen = divmod(abs(self.fen), 100)
        return f"{'−' if self.fen < 0 else ''}¥{yuan:,}.{fen:02d}"

    @property
    def short(self) -> str:
        """`¥1,234` when there are no fen, the full form otherwise."""
        return str(self).removesuffix(".00")


def parse_money(text: str) -> Money:
    """Money from what a person typed: `1234`, `1,234.5`, `¥20`. Raises ValueError otherwise."""
    match = YUAN.match(text.strip())
    if match is None:
        raise ValueError(_("Enter an amount in yuan, such as 45000 or 45,000.50"))
    sign, yuan, fen = match.groups()
    value = int(yuan.replace(",", "")) * 100 + int((fen or "").ljust(2, "0"))
    return Money(-value if sign else value)
