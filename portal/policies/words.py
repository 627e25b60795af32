"""Figures of the platform as people read them."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext

from portal.core.money import Money
from portal.policies.states import UNITS, DatedKind, Unit


def value_in_words(kind: DatedKind, value: int) -> str:
    """40%, ¥500, 11, yes."""
    unit = UNITS[kind]
    if unit is Unit.SHARE:
        return f"{Decimal(value) / 100:f}%"
    if unit is Unit.FEN:
        return str(Money(value).short)
    if unit is Unit.FLAG:
        return gettext("Yes") if value else gettext("No")
    return f"{value:,}"
