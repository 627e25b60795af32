"""A fair as a door that cooperations come through: a meeting, and the fair behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matchmaking.cooperation.doors import DoorRecord, Through, register_door
from matchmaking.cooperation.models import Cooperation
from matchmaking.cooperation.states import Door
from matchmaking.fairs.models import Fair, Meeting
from portal.core.actor import Actor
from portal.core.web import whole_number


def through(meeting: Meeting) -> Through:
    return Through(Door.FAIR, ref=str(meeting.pk), source=str(meeting.plan.fair_id))


def find_record(actor: Actor, cooperation: Cooperation) -> DoorRecord | None:
    """The fair where the two met."""
    return find_sources(actor, [cooperation.door_source]).get(cooperation.door_source)


def find_sources(actor: Actor, keys: Sequence[str]) -> Mapping[str, DoorRecord]:
    numbers = [whole_number(key) for key in keys]
    fairs = Fair.objects.visible_to(actor).filter(pk__in=numbers)
    return {str(fair.pk): DoorRecord(fair.title, fair.get_absolute_url()) for fair in fairs}


register_door(Door.FAIR, record=find_record, sources=find_sources)
