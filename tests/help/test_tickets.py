"""Questions to the platform: asked, answered, resolved, opened again, rated."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from portal.core import clock
from portal.core.models import AuditEntry, OutboxMessage
from portal.core.verdict import Refused
from portal.help import services
from portal.help.fields import Question
from portal.help.models import Message, Ticket
from portal.help.states import TRANSITIONS, Priority, TicketStatus
from portal.notices.models import Notice
from tests import factories
from tests.conftest import staff_person
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture
def support(db):
    return staff_person("support")


def ask(actor, **changes):
    return services.ask_help(actor, question=Question("party", "怎么补资料？", **changes))


def test_question_waits_with_its_deadline(merchant):
    ticket = ask(merchant.actor, page="/parties/1/")
    assert (ticket.status, ticket.page, ticket.party) == ("open", "/parties/1/", None)
    assert ticket.messages.get().author == merchant.user
    assert AuditEntry.objects.get(verb="ask_help").after == {"topic": "party"}


def test_answer_is_told_and_taken(merchant, support):
    ticket = ask(merchant.actor)
    services.answer_ticket(support.actor, ticket=ticket, text="看页面最上方。")
    ticket.refresh_from_db()
    assert (ticket.status, ticket.due_at, ticket.assignee) == ("answered", None, support.user)
    notice = Notice.objects.get(user=merchant.user, event="help.answered")
    assert notice.url == ticket.get_absolute_url()


def test_whole_life_of_a_question(merchant, support):
    ticket = ask(merchant.actor)
    services.answer_ticket(support.actor, ticket=ticket, text="哪一天？", status="waiting")
    services.reply_ticket(merchant.actor, ticket=ticket, text="昨天。")
    assert Ticket.objects.get().status == "open"
    assert Notice.objects.filter(user=support.user, event="help.replied").count() == 1
    services.answer_ticket(support.actor, ticket=ticket, text="好了。", status="resolved")
    services.reply_ticket(merchant.actor, ticket=ticket, text="又坏了。")
    assert Ticket.objects.get().status == "reopened"
    services.resolve_ticket(merchant.actor, ticket=ticket)
    services.rate_ticket(merchant.actor, ticket=ticket, stars=4, note="快")
    ticket.refresh_from_db()
    assert (ticket.status, ticket.rating, ticket.rating_note) == ("resolved", 4, "快")
    with pytest.raises(Refused) as refused:
        services.rate_ticket(merchant.actor, ticket=ticket, stars=1)
    assert refused.value.verdict.status == 409


def test_strangers_neither_read_nor_write(merchant, provider, stranger):
    ticket = ask(merchant.actor)
    for person in (provider, stranger):
        assert person.browser().get(ticket.get_absolute_url()).status_code == 404
        for call in (
            lambda person=person: services.reply_ticket(person.actor, ticket=ticket, text="x"),
            lambda person=person: services.resolve_ticket(person.actor, ticket=ticket),
            lambda person=person: services.answer_ticket(person.actor, ticket=ticket, text="x"),
            lambda person=person: services.note_ticket(person.actor, ticket=ticket, text="x"),
        ):
            with pytest.raises(Refused) as refused:
                call()
            assert refused.value.verdict.status == 403
    assert Message.objects.count() == 1
    assert Ticket.objects.get().status == "open"


def test_colleagues_read_what_was_asked_for_the_party_only(merchant, colleague):
    own, shared = ask(merchant.actor), ask(merchant.actor, for_party=True)
    client = colleague.browser()
    assert client.get(own.get_absolute_url()).status_code == 404
    assert client.get(shared.get_absolute_url()).status_code == 200
    services.reply_ticket(colleague.actor, ticket=shared, text="我也想知道。")


def test_notes_are_for_operators(merchant, support):
    ticket = ask(merchant.actor)
    services.note_ticket(support.actor, ticket=ticket, text="内部看看日志")
    assert "内部看看日志" not in merchant.browser().get(ticket.get_absolute_url()).content.decode()
    desk = support.browser().get(f"/help/desk/{ticket.public_id}/").content.decode()
    assert "内部看看日志" in desk
    body = merchant.browser().get(f"/api/v1/tickets/{ticket.public_id}/").json()
    assert [m["text"] for m in body["messages"]] == ["怎么补资料？"]
    assert not Ticket.objects.visible_to(merchant.actor).saying("内部").exists()


def test_nobody_answers_their_own_question(support):
    ticket = ask(support.actor)
    with pytest.raises(Refused):
        services.answer_ticket(support.actor, ticket=ticket, text="x")


@pytest.mark.parametrize(
    ("asked", "priority", "due"),
    [
        ("2025-03-19 10:00", Priority.NORMAL, "2025-03-20 10:00"),
        ("2025-03-19 10:00", Priority.HIGH, "2025-03-19 14:00"),
        ("2025-03-19 20:00", Priority.HIGH, "2025-03-20 13:00"),
        ("2025-03-21 17:00", Priority.HIGH, "2025-03-24 12:00"),  # over a weekend
        ("2025-03-19 07:00", Priority.LOW, "2025-03-21 18:00"),
        ("2025-09-30 16:00", Priority.HIGH, "2025-10-09 11:00"),  # over the national holiday
    ],
)
def test_deadline_counts_the_hours_of_the_desk(merchant, support, asked, priority, due):
    with clock.standing_at(datetime.fromisoformat(asked).replace(tzinfo=clock.SHANGHAI)):
        ticket = ask(merchant.actor)
        services.set_ticket_priority(support.actor, ticket=ticket, priority=priority)
    ticket.refresh_from_db()
    assert f"{ticket.due_at.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}" == due


def test_only_answerers_are_given_questions(merchant, support, reviewer):
    ticket = ask(merchant.actor)
    with pytest.raises(Refused):
        services.assign_ticket(support.actor, ticket=ticket, assignee=reviewer.user)
    services.assign_ticket(support.actor, ticket=ticket, assignee=support.user)
    assert Ticket.objects.get().assignee == support.user


def test_silence_resolves_and_then_closes(merchant, support):
    ticket = ask(merchant.actor)
    services.answer_ticket(support.actor, ticket=ticket, text="好了。")
    assert services.end_tickets(SYSTEM) == 0
    with clock.standing_at(clock.now() + timedelta(days=8)):
        assert services.end_tickets(SYSTEM) == 1
    assert Ticket.objects.get().status == "resolved"
    with clock.standing_at(clock.now() + timedelta(days=23)):
        assert services.end_tickets(SYSTEM) == 1
    with pytest.raises(Refused) as refused:
        services.reply_ticket(merchant.actor, ticket=ticket, text="x")
    assert refused.value.verdict.status == 409


def test_every_state_is_reached_and_left_as_written():
    assert set(TRANSITIONS) == set(TicketStatus)
    assert all(goal in TRANSITIONS for goals in TRANSITIONS.values() for goal in goals)


def test_messages_cannot_be_changed(merchant):
    ask(merchant.actor)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Message.objects.update(text="x")


def test_database_wants_a_way_to_answer():
    now = clock.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        Ticket.objects.create(
            topic="party", language="en", created_at=now, changed_at=now, due_at=now
        )


def test_two_answers_at_once_both_stand(transactional_db):
    merchant = factories.user("m@example.com")
    first, second = staff_person("support"), staff_person("operator")
    from portal.core.actor import Actor

    ticket = ask(Actor(merchant, None, "person", "web"))
    calls = [
        lambda p=p: services.answer_ticket(p.actor, ticket=ticket, text="好")
        for p in (first, second)
    ]
    answers = factories.at_once(*calls, behind=Ticket.objects.all())
    assert [type(a) for a in answers] == [Message, Message]
    assert Ticket.objects.get().status == "answered"
    assert OutboxMessage.objects.count() >= 1
