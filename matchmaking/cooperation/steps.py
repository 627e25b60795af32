"""Cooperations signed, as steps of tasks: for both sides."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from matchmaking.cooperation.models import Cooperation
from portal.rewards.fields import StepSaid
from portal.rewards.sources import register_steps
from portal.rewards.states import StepEvent


@register_steps
def signed_cooperations(since: datetime) -> Iterator[StepSaid]:
    rows = Cooperation.objects.filter(agreed_at__gte=since).order_by("pk")
    for pk, merchant, provider, agreed_at in rows.values_list(
        "pk", "merchant", "provider", "agreed_at"
    ):
        for party in (merchant, provider):
            if party is not None and agreed_at is not None:
                ref = f"cooperation:{pk}:{party}"
                yield StepSaid(party, StepEvent.COOPERATION, ref, agreed_at)
