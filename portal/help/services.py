"""Every change to a ticket. Messages are appended; the ticket's row says where it stands."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext_lazy as _

from portal.core import audit, clock, outbox
from portal.core.actor import Actor
from portal.core.files import attach_file, store_file
from portal.core.models import StoredFile
from portal.core.verdict import Refused, conflict, flawless, unmet
from portal.core.workhours import after_working_hours
from portal.help import rules, selectors, states
from portal.help.fields import Question
from portal.help.files import PICTURE
from portal.help.models import Message, Ticket
from portal.help.states import ANSWER_WITHIN, OURS, Priority, Side, TicketStatus
from portal.notices.services import notify
from portal.parties.models import User

MAIL_TASK = "portal.help.tasks.send_mail"
MOST_STARS = 5

# --- who asks -------------------------------------------------------------------------------------


@transaction.atomic
def ask_help(actor: Actor, *, question: Question, picture: UploadedFile | None = None) -> Ticket:
    """A new question; who is not signed in gets a link to it by mail."""
    rules.question_is_sound(actor, question).require()
    now = clock.now()
    ticket = Ticket.objects.create(
        topic=question.topic,
        asker=actor.user,
        party=actor.party if question.for_party else None,
        name="" if actor.user else question.name,
        email="" if actor.user else question.email,
        phone="" if actor.user else question.phone,
        language=actor.user.language if actor.user else (get_language() or "zh-hans"),
        page=question.page[:200],
        created_at=now,
        changed_at=now,
        due_at=after_working_hours(now, ANSWER_WITHIN[Priority.NORMAL]),
    )
    message = _say(actor, ticket, question.text, Side.ASKER, picture=picture)
    audit.record(actor, "ask_help", ticket, after={"topic": question.topic})
    if actor.user is None:
        _mail(message)
    return ticket


@transaction.atomic
def reply_ticket(
    actor: Actor,
    *,
    ticket: Ticket,
    text: str,
    picture: UploadedFile | None = None,
    proof: str = "",
) -> Message:
    """More from the asker; the question waits for an operator again."""
    ticket = _lock(ticket)
    rules.can_reply_ticket(actor, ticket, proof).require()
    message = _say(actor, ticket, text, Side.ASKER, picture=picture)
    if ticket.status not in OURS:
        is_over = ticket.status == TicketStatus.RESOLVED
        status = TicketStatus.REOPENED if is_over else TicketStatus.OPEN
        _change_status(actor, ticket, status, verb="reply_ticket")
    else:
        audit.record(actor, "reply_ticket", ticket)
    _tell_assignee(ticket, message)
    return message


@transaction.atomic
def resolve_ticket(actor: Actor, *, ticket: Ticket, proof: str = "") -> Ticket:
    """The asker says it is done."""
    ticket = _lock(ticket)
    rules.can_resolve_ticket(actor, ticket, proof).require()
    _change_status(actor, ticket, TicketStatus.RESOLVED, verb="resolve_ticket")
    return ticket


@transaction.atomic
def rate_ticket(
    actor: Actor, *, ticket: Ticket, stars: int, note: str = "", proof: str = ""
) -> Ticket:
    """One to five stars, once."""
    ticket = _lock(ticket)
    rules.can_rate_ticket(actor, ticket, proof).require()
    if not 1 <= stars <= MOST_STARS:
        raise Refused(unmet(_("One to five stars.")))
    ticket.rating, ticket.rating_note = stars, note.strip()[:300]
    ticket.save(update_fields=["rating", "rating_note"])
    audit.record(actor, "rate_ticket", ticket, after={"rating": stars})
    return ticket


# --- who answers ----------------------------------------------------------------------------------


@transaction.atomic
def answer_ticket(
    actor: Actor, *, ticket: Ticket, text: str, status: str = TicketStatus.ANSWERED
) -> Message:
    """Answer, ask back (`waiting`) or settle it (`resolved`); the asker is told. Who answers a
    ticket nobody has taken takes it."""
    ticket = _lock(ticket)
    rules.can_answer_ticket(actor, ticket).require()
    message = _say(actor, ticket, text, Side.OPERATOR)
    if ticket.assignee_id is None:
        ticket.assignee = actor.user
    _change_status(actor, ticket, TicketStatus(status), verb="answer_ticket")
    _tell_asker(ticket, message)
    return message


@transaction.atomic
def note_ticket(actor: Actor, *, ticket: Ticket, text: str) -> Message:
    """A note that operators read."""
    ticket = _lock(ticket)
    rules.can_answer_tickets(actor).require()
    message = _say(actor, ticket, text, Side.OPERATOR, is_internal=True)
    audit.record(actor, "note_ticket", ticket)
    return message


@transaction.atomic
def assign_ticket(actor: Actor, *, ticket: Ticket, assignee: User) -> Ticket:
    """Take it, or hand it to another operator."""
    ticket = _lock(ticket)
    rules.can_assign_ticket(actor, ticket, assignee).require()
    before, ticket.assignee = ticket.assignee_id, assignee
    ticket.save(update_fields=["assignee"])
    audit.record(
        actor,
        "assign_ticket",
        ticket,
        before={"assignee": before},
        after={"assignee": assignee.pk},
    )
    return ticket


@transaction.atomic
def set_ticket_priority(actor: Actor, *, ticket: Ticket, priority: Priority) -> Ticket:
    """The deadline follows: counted from when the question last came in."""
    ticket = _lock(ticket)
    rules.can_answer_ticket(actor, ticket).require()
    before, ticket.priority = ticket.priority, priority
    if ticket.status in OURS:
        ticket.due_at = after_working_hours(ticket.changed_at, ANSWER_WITHIN[priority])
    ticket.save(update_fields=["priority", "due_at"])
    audit.record(
        actor,
        "set_ticket_priority",
        ticket,
        before={"priority": before},
        after={"priority": priority},
    )
    return ticket


def end_tickets(actor: Actor) -> int:
    """Resolve what nobody said more to, close what nobody opened again. How many changed."""
    ended = 0
    for ticket in selectors.silent_tickets():
        ended += _unless_changed(actor, ticket, TicketStatus.RESOLVED, states.THEIRS)
    for ticket in selectors.closable_tickets():
        ended += _unless_changed(actor, ticket, TicketStatus.CLOSED, {TicketStatus.RESOLVED})
    return ended


# --- within ---------------------------------------------------------------------------------------


@transaction.atomic
def _unless_changed(
    actor: Actor, ticket: Ticket, status: TicketStatus, still: set[TicketStatus] | frozenset[str]
) -> int:
    row = _lock(ticket)
    if row.status not in still:  # somebody said something meanwhile
        return 0
    verb = "close_ticket" if status == TicketStatus.CLOSED else "resolve_ticket"
    _change_status(actor, row, status, verb=verb)
    return 1


def _lock(ticket: Ticket) -> Ticket:
    return Ticket.objects.select_for_update(no_key=True).get(pk=ticket.pk)


def _say(
    actor: Actor,
    ticket: Ticket,
    text: str,
    side: Side,
    *,
    picture: UploadedFile | None = None,
    is_internal: bool = False,
) -> Message:
    flawless(rules.flaws_of_text(text)).require()
    return Message.objects.create(
        ticket=ticket,
        side=side,
        author=actor.user,
        text=text.strip(),
        picture=_kept(actor, picture) if picture else None,
        is_internal=is_internal,
        at=clock.now(),
    )


def _kept(actor: Actor, picture: UploadedFile) -> StoredFile:
    return attach_file(actor, file=store_file(actor, upload=picture, purpose=PICTURE))


def _change_status(actor: Actor, ticket: Ticket, status: TicketStatus, *, verb: str) -> None:
    if not rules.can_become(ticket, status):
        raise Refused(conflict(_("This is not possible in the question's present state.")))
    now = clock.now()
    before, ticket.status = ticket.status, status
    ticket.changed_at = now
    within = ANSWER_WITHIN[ticket.priority]
    ticket.due_at = after_working_hours(now, within) if status in OURS else None
    if status not in states.ENDED:
        ticket.ended_at = None
    elif ticket.ended_at is None:
        ticket.ended_at = now
    ticket.save(update_fields=["status", "changed_at", "due_at", "ended_at", "assignee"])
    audit.record(actor, verb, ticket, before={"status": before}, after={"status": status})


def _tell_asker(ticket: Ticket, message: Message) -> None:
    if ticket.asker_id is None:
        _mail(message)
        return
    notify(
        [ticket.asker_id],
        party_id=ticket.party_id,
        event="help.answered",
        key=f"help-answered:{message.pk}",
        sentence=gettext_noop("Your question %(number)s was answered."),
        params={"number": ticket.number},
        url=ticket.get_absolute_url(),
    )


def _tell_assignee(ticket: Ticket, message: Message) -> None:
    if ticket.assignee_id is None:
        return
    notify(
        [ticket.assignee_id],
        party_id=None,
        event="help.replied",
        key=f"help-replied:{message.pk}",
        sentence=gettext_noop("There is more to question %(number)s."),
        params={"number": ticket.number},
        url=reverse("desk_ticket", args=[ticket.public_id]),
    )


def _mail(message: Message) -> None:
    if message.ticket.email:
        payload = {"message_id": message.pk}
        outbox.put(MAIL_TASK, key=f"help-mail:{message.pk}", payload=payload)
