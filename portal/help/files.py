"""Pictures beside a question: whoever may read the question may see them."""

from __future__ import annotations

from portal.core.actor import Actor
from portal.core.files import is_near, register_purpose
from portal.core.models import StoredFile
from portal.core.verdict import ALLOWED, Verdict, forbidden
from portal.help import rules
from portal.help.models import Message

PICTURE = "help.picture"


def may_see(actor: Actor, file: StoredFile) -> Verdict:
    if actor.is_signed_in and is_near(actor, file):
        return ALLOWED
    message = Message.objects.select_related("ticket").filter(picture=file).first()
    if message is None or (message.is_internal and not rules.can_answer_tickets(actor)):
        return forbidden(rules.can_answer_tickets(actor).reason)
    return rules.can_read_ticket(actor, message.ticket)


def may_send(actor: Actor, party_id: int | None) -> Verdict:
    """Asking for help needs no account."""
    return ALLOWED


register_purpose(
    PICTURE,
    kinds=("image",),
    max_bytes=5 * 1024 * 1024,
    may_read=may_see,
    may_store=may_send,
    is_personal=False,
    max_side=2000,
)
