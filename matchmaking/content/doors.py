"""Content orders as a door to cooperations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from matchmaking.content import services
from matchmaking.content.models import ContentOrder
from matchmaking.cooperation.doors import DoorRecord, register_door
from matchmaking.cooperation.models import Cooperation
from matchmaking.cooperation.states import Door
from portal.core.actor import Actor


def find_record(actor: Actor, cooperation: Cooperation) -> DoorRecord | None:
    if not cooperation.has_side(actor.party_id):
        return None
    url = reverse("content_order_detail", args=[cooperation.door_ref])
    return DoorRecord(_("The content order"), url)


def find_sources(actor: Actor, keys: Sequence[str]) -> Mapping[str, DoorRecord]:
    rows = ContentOrder.objects.filter(pk__in=[UUID(key) for key in keys])
    if not actor.has_perm("content.view_contentorder"):
        rows = rows.visible_to(actor)
    return {str(row.pk): DoorRecord(row.title, row.get_absolute_url()) for row in rows}


def close(actor: Actor, cooperation: Cooperation) -> None:
    """Work that has nothing to show ends with its cooperation; what was shown is still approved
    and paid."""
    order = ContentOrder.objects.filter(cooperation=cooperation).first()
    if order is not None:
        services.break_off(actor, order=order)


register_door(Door.CONTENT, record=find_record, sources=find_sources, close=close)
