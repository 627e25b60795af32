"""Questions to the platform, by their number."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.help.models import Ticket, TicketQuerySet
from portal.search.findables import Hit, Rows, register_finder

ANSWERS = "help.answer_ticket"


def _read_by(actor: Actor) -> TicketQuerySet:
    return Ticket.objects.all() if actor.has_perm(ANSWERS) else Ticket.objects.visible_to(actor)


def _ticket(actor: Actor, ticket: Ticket) -> Hit:
    url = ticket.get_absolute_url()
    if actor.has_perm(ANSWERS):
        url = reverse("desk_ticket", args=[ticket.public_id])
    title = f"{ticket.get_topic_display()} · {ticket.get_status_display()}"
    return Hit(title, url, number=ticket.number)


register_finder(
    Rows(
        kind="ticket",
        title=_("Questions"),
        icon="headset",
        rank=80,
        model=Ticket,
        visible=_read_by,
        hit=_ticket,
        letters="QZ",
        made="created_at",
        is_for=lambda actor: actor.is_signed_in,
    )
)
