"""Tickets and articles as pages show them."""

from __future__ import annotations

from django.db.models import QuerySet

from portal.core import clock
from portal.core.actor import Actor
from portal.help import states
from portal.help.models import Message, Ticket
from portal.help.models import TicketQuerySet as Tickets
from portal.help.states import TicketStatus
from portal.parties.models import User


def tickets_of(actor: Actor, words: str = "") -> Tickets:
    """One's own tickets; those that say these words, if any are asked for."""
    mine = Ticket.objects.visible_to(actor).select_related("party", "asker")
    return mine.saying(words) if words else mine


def conversation(ticket: Ticket, *, with_notes: bool) -> QuerySet[Message]:
    said = ticket.messages.select_related("author", "picture").order_by("pk")
    return said if with_notes else said.filter(is_internal=False)


def answerers() -> list[User]:
    """Who may be given a ticket."""
    staff = User.objects.filter(is_staff=True, is_active=True).order_by("name", "pk")
    return [person for person in staff if person.has_perm("help.answer_ticket")]


def silent_tickets() -> Tickets:
    """Answered so long ago that they count as resolved."""
    before = clock.now() - states.SILENCE
    return Ticket.objects.filter(status__in=states.THEIRS, changed_at__lte=before).order_by("pk")


def closable_tickets() -> Tickets:
    before = clock.now() - states.REOPENABLE
    return Ticket.objects.filter(status=TicketStatus.RESOLVED, ended_at__lte=before).order_by("pk")
