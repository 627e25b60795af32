"""Meetings held at fairs, as steps of tasks: both sides came, and neither says otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from matchmaking.fairs import states
from matchmaking.fairs.models import Meeting, MeetingOutcome
from matchmaking.fairs.states import MeetingResult, PlanStatus
from portal.core import clock
from portal.rewards.fields import StepSaid
from portal.rewards.sources import register_steps
from portal.rewards.states import StepEvent
from portal.seats.states import ClaimStatus


@register_steps
def held_meetings(since: datetime) -> Iterator[StepSaid]:
    missed = MeetingOutcome.objects.filter(result=MeetingResult.ABSENT).values("meeting")
    rows = Meeting.objects.filter(
        plan__status=PlanStatus.PUBLISHED,
        plan__fair__status__in=states.HELD,
        plan__fair__starts_at__gte=since,
        left__claim__status=ClaimStatus.PRESENT,
        right__claim__status=ClaimStatus.PRESENT,
    ).exclude(pk__in=missed)
    for one in rows.select_related("plan__fair", "left", "right").order_by("pk"):
        if one.starts_at > clock.now():
            continue
        for side in (one.left, one.right):
            ref = f"meeting:{one.pk}:{side.party_id}"
            yield StepSaid(side.party_id, StepEvent.MEETING, ref, one.starts_at)
