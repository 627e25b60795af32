"""A creator's own free days."""

from __future__ import annotations

from matchmaking.needs.models import FreeTime, FreeTimeQuerySet
from portal.core.actor import Actor


def free_times_of(actor: Actor) -> FreeTimeQuerySet:
    return FreeTime.objects.owned_by(actor).ahead().order_by("period")
