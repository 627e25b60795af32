"""A proposal to a need is one way a provider comes forward."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from matchmaking.cooperation.approaches import Pair, register_approaches
from matchmaking.needs.models import Proposal


@register_approaches
def proposals(pairs: Iterable[Pair], since: datetime) -> dict[Pair, list[datetime]]:
    wanted = set(pairs)
    rows = Proposal.objects.filter(
        provider__in={provider for _merchant, provider in wanted}, submitted_at__gte=since
    )
    found: dict[Pair, list[datetime]] = {}
    for merchant, provider, at in rows.values_list("need__merchant", "provider", "submitted_at"):
        if at is not None and (merchant, provider) in wanted:
            found.setdefault((merchant, provider), []).append(at)
    return found
