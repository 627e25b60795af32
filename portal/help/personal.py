"""What the questions hold of a person. What was said stays: messages are never changed, and they
are the record of what the platform answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from portal.help.models import Message, Ticket
from portal.parties.holdings import register_holding
from portal.parties.models import Party, User


def tell_questions(person: User) -> list[dict[str, Any]]:
    said = Message.objects.filter(ticket__asker=person, is_internal=False).order_by("pk")
    return [dict(row) for row in said.values("ticket__public_id", "side", "text", "at")]


def forget_questions(person: User, own: Sequence[Party]) -> None:
    Ticket.objects.filter(asker=person).update(rating_note="")


register_holding("questions", tell_questions, forget_questions)
