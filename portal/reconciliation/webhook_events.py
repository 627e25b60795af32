"""What machines are told of reconciled days: the party whose machines bring the feed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.reconciliation.models import Day
from portal.webhooks.catalogue import register_event


def day_data(day: Day, told: int) -> dict[str, Any]:
    """How much of what it announced arrived. `completeness_bp` null: nothing was announced."""
    return {
        "feed": day.feed_id,
        "day": day.day.isoformat(),
        "expected_events": day.expected_events,
        "expected_fen": day.expected_fen,
        "arrived_events": day.arrived_events,
        "arrived_fen": day.arrived_fen,
        "sound_events": day.sound_events,
        "sound_fen": day.sound_fen,
        "completeness_bp": day.completeness_bp,
    }


def who_brings_it(day: Day) -> Iterator[int]:
    if day.feed is not None and day.feed.party_id is not None:
        yield day.feed.party_id


register_event(
    "reconciliation.counted",
    _("A day of the feed the party brings was counted, with another result than before"),
    of="reconciliation.day",
    verbs=("count_day",),
    parties=who_brings_it,
    data=day_data,
    example={
        "feed": "douyin",
        "day": "2026-05-18",
        "expected_events": 3_180,
        "expected_fen": 71_286_240,
        "arrived_events": 3_178,
        "arrived_fen": 71_232_640,
        "sound_events": 3_178,
        "sound_fen": 71_232_640,
        "completeness_bp": 9_992,
    },
)
