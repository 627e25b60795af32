"""A represented creator is asked through the platform's introductions."""

from __future__ import annotations

from matchmaking.brokerage.rules import is_represented
from matchmaking.cooperation.reach import register_reach
from portal.parties.models import Party


@register_reach
def is_not_represented(asking: Party, asked: Party) -> bool:
    return not is_represented(asked)
