"""Introductions as a door to cooperations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from matchmaking.brokerage.models import Introduction
from matchmaking.cooperation.doors import DoorRecord, register_door
from matchmaking.cooperation.models import Cooperation
from matchmaking.cooperation.states import Door
from portal.core.actor import Actor


def find_record(actor: Actor, cooperation: Cooperation) -> DoorRecord | None:
    if not cooperation.has_side(actor.party_id):
        return None
    url = reverse("introduction_detail", args=[cooperation.door_ref])
    return DoorRecord(_("The introduction"), url)


def find_sources(actor: Actor, keys: Sequence[str]) -> Mapping[str, DoorRecord]:
    rows = Introduction.objects.filter(public_id__in=[UUID(key) for key in keys])
    if not actor.has_perm("brokerage.view_introduction"):
        rows = rows.visible_to(actor)
    return {str(row.public_id): DoorRecord(row.subject, row.get_absolute_url()) for row in rows}


register_door(Door.INTRODUCTION, record=find_record, sources=find_sources)
