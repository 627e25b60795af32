"""The doors of needs: an open need, a package that was ordered, a direct invitation. A proposal's
messages are where the two sides write to each other, also long after the need was closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from matchmaking.cooperation.doors import Conversation, DoorRecord, register_door
from matchmaking.cooperation.models import Cooperation
from matchmaking.cooperation.reach import register_reach
from matchmaking.cooperation.states import Door
from matchmaking.needs.models import Message, Need, Proposal
from matchmaking.needs.rules import is_blocked
from matchmaking.needs.services import close_need
from portal.core.actor import Actor
from portal.core.web import whole_number
from portal.parties.models import Party


def find_conversation(actor: Actor, cooperation: Cooperation) -> Conversation | None:
    if not Proposal.objects.visible_to(actor).filter(pk=cooperation.door_ref).exists():
        return None
    unread = Message.objects.filter(proposal=int(cooperation.door_ref)).unread_by(actor)
    return Conversation(reverse("proposal_messages", args=[cooperation.door_ref]), unread.count())


def find_record(actor: Actor, cooperation: Cooperation) -> DoorRecord | None:
    if not cooperation.has_side(actor.party_id):
        return None
    url = reverse("proposal_detail", args=[cooperation.door_ref])
    return DoorRecord(_("The proposal behind it"), url)


def find_sources(actor: Actor, keys: Sequence[str]) -> Mapping[str, DoorRecord]:
    numbers = [number for key in keys if (number := whole_number(key)) is not None]
    needs = Need.objects.filter(pk__in=numbers)
    if not actor.has_perm("needs.view_need"):
        needs = needs.filter(merchant=actor.party_id)
    return {str(need.pk): DoorRecord(need.title, need.get_absolute_url()) for need in needs}


def close_source(actor: Actor, cooperation: Cooperation) -> None:
    number = whole_number(cooperation.door_source)
    if number is not None:
        close_need(actor, pk=number)


for door in (Door.NEED, Door.PACKAGE, Door.INVITATION):
    register_door(
        door,
        record=find_record,
        conversation=find_conversation,
        sources=find_sources,
        close=close_source,
    )


@register_reach
def is_not_blocked(asking: Party, asked: Party) -> bool:
    return not is_blocked(asking.pk, asked.pk)
