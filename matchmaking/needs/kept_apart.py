"""Who blocked whom counts at every door, not only here."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q

from matchmaking.needs.models import Block
from portal.parties.blocks import register_blocks


@register_blocks
def blocked_with(party_id: int) -> Iterator[int]:
    rows = Block.objects.standing().filter(Q(blocker=party_id) | Q(blocked=party_id))
    for blocker, blocked in rows.values_list("blocker_id", "blocked_id"):
        yield blocked if blocker == party_id else blocker
