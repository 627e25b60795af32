"""Being forgotten reaches what was said to the platform; nothing else can change it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction

from portal.core import clock
from portal.core.actor import system_actor
from portal.core.models import StoredFile
from portal.help import services
from portal.help.fields import Question
from portal.help.models import Message
from portal.parties import services as parties
from portal.parties.models import Membership, User
from tests import factories
from tests.conftest import Person

pytestmark = pytest.mark.django_db
NAME, MAIL = "林小满本名", "xiaoman@secret.example"


@pytest.fixture
def person(stranger) -> Person:
    User.objects.filter(pk=stranger.user.pk).update(name=NAME, email=MAIL, phone="+8613811112222")
    stranger.user.refresh_from_db()
    return stranger


def erased(person):
    parties.ask_erasure(person.actor)
    with clock.standing_at(clock.now() + timedelta(days=8)):
        assert parties.erase_people(system_actor("task")) == 1


def test_own_words_go_and_names_in_the_answers_too(person, operator):
    question = Question(topic="account", text="我叫林小满本名，住在平江路。")
    ticket = services.ask_help(person.actor, question=question, picture=factories.picture())
    services.answer_ticket(
        operator.actor, ticket=ticket, text=f"{NAME}你好，已发到 {MAIL} 和 13811112222。"
    )
    services.note_ticket(operator.actor, ticket=ticket, text=f"{NAME}来过电话")
    erased(person)
    asked, answered, noted = Message.objects.order_by("pk")
    assert asked.text == "—"
    assert answered.text == "—你好，已发到 — 和 —。"
    assert noted.text == "—来过电话"
    assert StoredFile.objects.get(purpose="help.picture").deleted_at is not None
    assert (ticket.messages.count(), answered.author) == (3, operator.user), "the record stays"


def test_words_of_a_firm_stay_without_the_name(person, merchant):
    Membership.objects.create(
        user=person.user, party=merchant.party, role="member", created_at=clock.now()
    )
    mine = Question(topic="need", text=f"{NAME}代公司问：怎么写需求？", for_party=True)
    actor = person.actor.__class__(person.user, merchant.party, "member", "web")
    services.ask_help(actor, question=mine)
    Membership.objects.filter(user=person.user).delete()
    erased(person)
    assert Message.objects.get().text == "—代公司问：怎么写需求？"


def test_words_of_others_stay(person, merchant):
    services.ask_help(merchant.actor, question=Question(topic="need", text=f"{NAME}是谁？"))
    erased(person)
    assert Message.objects.get().text == f"{NAME}是谁？"


def test_messages_are_changed_in_no_other_way(person):
    services.ask_help(person.actor, question=Question(topic="account", text="原话"))
    for change in (
        lambda: Message.objects.update(text="别的话"),
        lambda: Message.objects.all().delete(),
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            change()
    assert Message.objects.get().text == "原话"
