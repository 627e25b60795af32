"""Mails to who asked without an account: the words, and the signed link to the conversation."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from portal.help.models import Message
from portal.help.proofs import proof_of


def send_message(message_id: int) -> None:
    message = Message.objects.select_related("ticket").get(pk=message_id)
    ticket = message.ticket
    with translation.override(ticket.language):
        link = f"{settings.SITE_URL}{reverse('ticket_link', args=[proof_of(ticket)])}"
        subject = _("Your question %(number)s") % {"number": ticket.number}
        body = render_to_string("emails/ticket.txt", {"message": message, "link": link})
        send_mail(subject, body, None, [ticket.email])
