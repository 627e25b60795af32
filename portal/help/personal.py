"""What the questions hold of a person. That something was asked and answered stays; the words go.

A question asked for a firm is the firm's: there only what names the person is taken out. Messages
are append-only, so a function of the database does it, which can take words out and put none in.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from portal.core.actor import system_actor
from portal.core.contacts import PREFIX
from portal.core.database import forget
from portal.core.files import delete_file
from portal.help.models import Message, Ticket
from portal.parties.holdings import register_holding
from portal.parties.models import Party, User

TABLE = Message._meta.db_table


def tell_questions(person: User) -> list[dict[str, Any]]:
    said = Message.objects.filter(ticket__asker=person, is_internal=False).order_by("pk")
    return [dict(row) for row in said.values("ticket__public_id", "side", "text", "at")]


def forget_questions(person: User, own: Sequence[Party]) -> None:
    natural = [party.pk for party in own if party.is_natural_person]
    private = Ticket.objects.filter(Q(party=None, asker=person) | Q(party__in=natural))
    theirs = private | Ticket.objects.filter(asker=person) | Ticket.objects.filter(party__in=own)
    words = _words(person, own)
    forget(TABLE, _keys(Message.objects.filter(ticket__in=theirs)), words)
    mine = Message.objects.filter(author=person)
    forget(TABLE, _keys(mine), words)
    forget(TABLE, _keys(mine.filter(ticket__in=private)), None)
    _forget_pictures(mine.filter(ticket__in=private))
    theirs.update(rating_note="", name="", page="")


def _keys(messages: Any) -> list[int]:
    return list(messages.values_list("pk", flat=True))


def _words(person: User, own: Sequence[Party]) -> list[str]:
    """What names the person; the longest first, so that no half of one is left."""
    phone = person.phone or ""
    words = {person.name, person.email or "", phone, phone.removeprefix(PREFIX)}
    for party in own:
        words |= {party.contact_name, party.contact_phone}
        if party.is_natural_person:
            words |= {party.name, party.legal_name}
    return sorted((word for word in words if len(word) > 1), key=len, reverse=True)


def _forget_pictures(messages: Any) -> None:
    for message in messages.exclude(picture=None).select_related("picture"):
        if message.picture is not None and message.picture.deleted_at is None:
            delete_file(system_actor("task"), file=message.picture, why="erasure")


register_holding("questions", tell_questions, forget_questions)
