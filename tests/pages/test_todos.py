"""Each part's own rows of the workbench: who waits for whom, and until when."""

from __future__ import annotations

import contextlib
from datetime import timedelta

import pytest
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from portal.core import clock
from portal.help.services import answer_ticket
from portal.moderation import services as moderation
from portal.moderation.models import Case
from portal.pages.todos import Waiting, _narrowed, todos_of
from portal.pages.todos.accounts import account_todos
from portal.pages.todos.moderation import refusal_todos
from portal.pages.todos.recruitment import applicant_todos, supporter_todos
from portal.pages.todos.sources import TODO_SOURCES
from portal.parties import services as parties
from portal.parties.models import OwnedAccount
from portal.recruitment import services
from tests import factories
from tests.conftest import person_of
from tests.parties.test_accounts import claimed, placed, proven
from tests.recruitment.conftest import applied, published

pytestmark = pytest.mark.django_db


def shown(source, person):
    with translation.override("en"):
        return [(todo.title, str(todo.detail)) for todo in todos_of(person.actor, [source])]


def on_workbench(person):
    return [todo.url for todo in person.browser().get("/workbench/").context["todos"]]


@pytest.mark.parametrize("who", ["merchant", "provider", "agency", "creator", "operator"])
def test_every_source_names_fields_that_its_rows_have(who, request):
    person = request.getfixturevalue(who)
    found = [one for source in TODO_SOURCES for one in source(person.actor)]
    asked = [one for one in found if isinstance(one, Waiting) and one.fields]
    assert asked
    for one in asked:
        with contextlib.suppress(EmptyResultSet):
            str(_narrowed(one.rows, one.fields).query)


# --- recruitment ----------------------------------------------------------------------------------


def test_applicant_reads_what_is_missing(operator):
    draft = person_of(factories.draft_party("provider", "新芽代运营"))
    round_ = published(operator, category_ids=[], least_share=0)
    application = applied(draft, round_)
    [(title, detail)] = shown(applicant_todos, draft)
    assert (round_.title in title, detail) == (True, "Your party is not verified yet.")
    assert application.get_absolute_url() in on_workbench(draft)


def test_applicant_is_called_to_the_talk(provider, operator):
    application = applied(provider, published(operator))
    assert shown(applicant_todos, provider) == []
    services.talk_to_applicant(operator.actor, application=application)
    assert len(shown(applicant_todos, provider)) == 1
    answer_ticket(operator.actor, ticket=application.ticket, text="什么时候方便？")
    [todo] = todos_of(provider.actor, [applicant_todos])
    assert (todo.url, todo.is_urgent) == (application.ticket.get_absolute_url(), True)
    services.withdraw_application(provider.actor, application=application)
    assert shown(applicant_todos, provider) == []


def test_supporter_sees_who_waits_and_nobody_else_does(provider, rival, operator, reviewer):
    round_ = published(operator)
    first, second = applied(provider, round_), applied(rival, round_)
    assert len(shown(supporter_todos, operator)) == 2
    assert shown(supporter_todos, reviewer) == shown(supporter_todos, provider) == []
    assert f"/admin/recruitment/application/{first.pk}/answer/" in on_workbench(operator)
    answer_ticket(operator.actor, ticket=first.ticket, text="什么时候方便？")
    services.talk_to_applicant(operator.actor, application=first)
    assert [title for title, _detail in shown(supporter_todos, operator)] == [
        f"{rival.party.name} waits for your answer"
    ]
    services.refuse_application(operator.actor, application=second, reason="名额已满。")
    assert shown(supporter_todos, operator) == []


# --- refusals -------------------------------------------------------------------------------------


def test_refused_picture_waits_for_a_change_or_an_appeal(merchant, operator, reviewer, provider):
    parties.set_picture(
        merchant.actor, party=merchant.party, slot="logo", source=factories.picture()
    )
    case = Case.objects.get()
    assert shown(refusal_todos, merchant) == []
    moderation.refuse_case(operator.actor, case=case, reason="看不清。")
    assert shown(refusal_todos, merchant) == [("A picture was refused", "看不清。")]
    assert on_workbench(merchant) == [case.get_absolute_url()]
    assert shown(refusal_todos, provider) == []
    moderation.appeal_case(merchant.actor, case=case, text="请再看看。")
    assert shown(refusal_todos, merchant) == []
    moderation.decide_appeal(reviewer.actor, case=case, is_upheld=True, reason="确实看不清。")
    assert shown(refusal_todos, merchant) == [("A picture was refused", "确实看不清。")]
    with clock.standing_at(clock.now() + timedelta(days=31)):
        assert shown(refusal_todos, merchant) == []
    parties.set_picture(
        merchant.actor, party=merchant.party, slot="logo", source=factories.picture()
    )
    assert shown(refusal_todos, merchant) == []


# --- accounts -------------------------------------------------------------------------------------


def test_account_asks_for_its_proof_before_it_ends(creator, provider):
    account = claimed(creator)
    [todo] = todos_of(creator.actor, [account_todos])
    assert (todo.url, todo.due) == (
        f"/owned-accounts/{account.pk}/",
        clock.day_of(account.lasts_until),
    )
    assert shown(account_todos, provider) == []
    parties.place_proof(creator.actor, account=account)
    assert shown(account_todos, creator) == []
    account = parties.prove_account(factories.SYSTEM, account=account)
    assert shown(account_todos, creator) == []
    with clock.standing_at(account.lasts_until - timedelta(days=29)):
        [todo] = todos_of(creator.actor, [account_todos])
        assert (todo.due, todo.is_urgent) == (clock.day_of(account.lasts_until), False)
        renewed = placed(creator)
        assert shown(account_todos, creator) == []
        parties.refuse_account(factories.SYSTEM, account=renewed, reason="看不到代码。")
        refused = ("Douyin account xiaoman.88 was not proven", "看不到代码。")
        assert refused in shown(account_todos, creator)


def test_proof_that_ran_out_is_asked_for_until_it_is_claimed_again(creator):
    account = proven(creator)
    with clock.standing_at(account.lasts_until + timedelta(days=1)):
        parties.expire_accounts(factories.SYSTEM)
        [todo] = todos_of(creator.actor, [account_todos])
        assert todo.is_urgent
        claimed(creator)
        assert shown(account_todos, creator)[0][0] == "Prove Douyin account xiaoman.88"
    with clock.standing_at(account.lasts_until + timedelta(days=32)):
        OwnedAccount.objects.filter(status="claimed").delete()
        assert shown(account_todos, creator) == []


@pytest.mark.parametrize("source", [applicant_todos, supporter_todos, account_todos])
def test_rows_cost_the_same_for_one_and_three(source, provider, operator, creator):
    def cost():
        people = {applicant_todos: provider, supporter_todos: operator, account_todos: creator}
        with CaptureQueriesContext(connection) as queries:
            assert todos_of(people[source].actor, [source])
        return len(queries)

    def more(number):
        round_ = published(operator, title=f"招募 {number}")
        if number < 3:
            applied(provider, round_)
        applied(person_of(factories.listed_party("provider", f"服务商{number}")), round_)
        claimed(creator, handle=f"xiaoman.{number}")

    more(0)
    services.talk_to_applicant(
        operator.actor, application=provider.party.recruitment_applications.get()
    )
    one = cost()
    more(1)
    more(2)
    assert cost() == one
