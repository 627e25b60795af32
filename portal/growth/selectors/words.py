"""Values of the four lines as one reads them."""

from __future__ import annotations

from portal.core.money import Money
from portal.core.templatetags.ui import MISSING
from portal.growth.states import IN_FEN


def in_words(line: str, value: int | None) -> str:
    if value is None:
        return MISSING
    return Money(value).short if line in IN_FEN else f"{value:,}"
