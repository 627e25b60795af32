"""How soon a party answers, as others read it."""

from __future__ import annotations

from matchmaking.needs.models import ResponsePace


def pace_of(party_id: int) -> ResponsePace | None:
    """Nothing until there are answers enough."""
    pace = ResponsePace.objects.filter(party=party_id).first()
    return pace if pace is not None and pace.is_known else None
