"""A proposal's messages are where the two sides of its cooperation write to each other, also long
after the need was closed."""

from __future__ import annotations

from django.urls import reverse

from matchmaking.cooperation.doors import Conversation, register_conversation
from matchmaking.cooperation.models import Cooperation
from matchmaking.cooperation.states import Door
from matchmaking.needs.models import Message, Proposal
from portal.core.actor import Actor


def find_conversation(actor: Actor, cooperation: Cooperation) -> Conversation | None:
    if not Proposal.objects.visible_to(actor).filter(pk=cooperation.door_ref).exists():
        return None
    unread = Message.objects.filter(proposal=cooperation.door_ref).unread_by(actor)
    return Conversation(reverse("proposal_messages", args=[cooperation.door_ref]), unread.count())


register_conversation(Door.NEED, find_conversation)
