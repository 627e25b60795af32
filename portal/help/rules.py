"""Who reads a ticket, who answers it, and when."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from portal.core.actor import SYSTEM, Actor
from portal.core.verdict import ALLOWED, Flaw, Verdict, conflict, flawless, forbidden, unmet
from portal.help import states
from portal.help.fields import Question
from portal.help.models import Ticket
from portal.help.proofs import proven_id
from portal.help.states import TicketStatus
from portal.parties.models import User

MOST_TEXT = 3000


def is_asker(actor: Actor, ticket: Ticket, proof: str = "") -> bool:
    """The person, their party's members if it was asked for the party, or who holds the link."""
    if actor.user_id is not None and actor.user_id == ticket.asker_id:
        return True
    if actor.speaks_for(ticket.party_id):
        return True
    return bool(proof) and proven_id(proof) == str(ticket.public_id)


def can_answer_tickets(actor: Actor) -> Verdict:
    if actor.has_perm("help.answer_ticket"):
        return ALLOWED
    return forbidden(_("Only operators answer questions to the platform."))


def can_read_ticket(actor: Actor, ticket: Ticket, proof: str = "") -> Verdict:
    if is_asker(actor, ticket, proof) or can_answer_tickets(actor):
        return ALLOWED
    return forbidden(_("This question is not yours."))


def can_reply_ticket(actor: Actor, ticket: Ticket, proof: str = "") -> Verdict:
    if not is_asker(actor, ticket, proof):
        return forbidden(_("This question is not yours."))
    if ticket.status == TicketStatus.CLOSED:
        return conflict(_("This question is closed; ask a new one."))
    return ALLOWED


def can_resolve_ticket(actor: Actor, ticket: Ticket, proof: str = "") -> Verdict:
    """The asker says that it is done, or the clock after a long silence."""
    if actor.role != SYSTEM and not is_asker(actor, ticket, proof):
        return forbidden(_("This question is not yours."))
    if not can_become(ticket, TicketStatus.RESOLVED):
        return conflict(_("This question is resolved already."))
    return ALLOWED


def can_rate_ticket(actor: Actor, ticket: Ticket, proof: str = "") -> Verdict:
    if not is_asker(actor, ticket, proof):
        return forbidden(_("This question is not yours."))
    if ticket.status not in states.ENDED:
        return conflict(_("Rate the answer once the question is resolved."))
    if ticket.rating is not None:
        return conflict(_("You have rated this answer already."))
    return ALLOWED


def can_answer_ticket(actor: Actor, ticket: Ticket) -> Verdict:
    if not (verdict := can_answer_tickets(actor)):
        return verdict
    if is_asker(actor, ticket):
        return forbidden(_("Nobody answers a question of their own; another operator must."))
    if ticket.status in states.ENDED:
        return conflict(_("This question is resolved; it can be opened again by who asked."))
    return ALLOWED


def can_assign_ticket(actor: Actor, ticket: Ticket, assignee: User) -> Verdict:
    if not (verdict := can_answer_ticket(actor, ticket)):
        return verdict
    if not (assignee.is_active and assignee.is_staff and assignee.has_perm("help.answer_ticket")):
        return unmet(_("Only somebody who answers questions can take one."))
    return ALLOWED


def can_become(ticket: Ticket, status: str) -> bool:
    return status in states.TRANSITIONS[ticket.status]


# --- what is written must be sound ----------------------------------------------------------------


def question_is_sound(actor: Actor, question: Question) -> Verdict:
    return flawless(flaws_of_question(actor, question))


def flaws_of_question(actor: Actor, question: Question) -> Iterator[Flaw]:
    yield from flaws_of_text(question.text)
    if question.topic not in states.Topic.values:
        yield Flaw("topic", _("Choose one from the list."))
    if actor.user is None and not (question.email or question.phone):
        yield Flaw("email", _("Leave a mail address or a phone number, so that we can answer."))
    if question.for_party and actor.party is None:
        yield Flaw("for_party", _("You speak for no party."))


def flaws_of_text(text: str) -> Iterator[Flaw]:
    if not text.strip():
        yield Flaw("text", _("Please fill this in."))
    elif len(text) > MOST_TEXT:
        yield Flaw("text", _("At most 3,000 characters."))
