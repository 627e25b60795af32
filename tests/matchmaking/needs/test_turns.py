"""A bidder's list: what waits for it by its day, what runs, and what is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from matchmaking.needs import selectors, services
from matchmaking.needs.fields import CallFields
from matchmaking.needs.services.offers import terms_of
from matchmaking.needs.states import LossReason, Task
from portal.core import clock
from tests import factories

pytestmark = pytest.mark.django_db


def open_need(merchant, title, days):
    today = clock.today()
    return factories.open_need(merchant.actor, title=title, closes_on=today + timedelta(days=days))


def invited(merchant, provider, title, days):
    need = open_need(merchant, title, days)
    services.invite_provider(merchant.actor, need=need, provider=provider.party)
    return need


def titles(person, view=""):
    page = person.browser().get("/needs/", {"view": view} if view else {})
    return [row["need"].title for row in page.context["rows"]]


def tabs(person):
    page = person.browser().get("/needs/")
    return page.context["view"], {name: count for name, _label, count in page.context["views"]}


def countered(merchant, provider, title, days):
    """The merchant answered with terms of its own."""
    need = open_need(merchant, title, days)
    proposal = factories.submitted_proposal(provider.actor, need)
    terms = replace(terms_of(proposal), note="再低一点？")
    services.counter_offer(merchant.actor, proposal=proposal, fields=terms)
    return need


def called(merchant, provider, title, days):
    """The merchant asks for a call."""
    need = open_need(merchant, title, days)
    proposal = factories.submitted_proposal(provider.actor, need)
    services.shortlist_proposal(merchant.actor, proposal=proposal)
    times = CallFields([clock.now() + timedelta(days=2)])
    services.propose_call(merchant.actor, proposal=proposal, fields=times)
    return need


def test_what_waits_comes_by_its_day_and_the_dead_stay_apart(merchant, provider):
    invited(merchant, provider, "晚", 20)
    declined = open_need(merchant, "落选", 9)
    lost = factories.submitted_proposal(provider.actor, declined)
    services.decline_proposal(merchant.actor, proposal=lost, reason=LossReason.PRICE, note="")
    factories.submitted_proposal(provider.actor, open_need(merchant, "已交", 5))
    invited(merchant, provider, "早", 2)
    draft = open_need(merchant, "草稿", 6)
    services.draft_proposal(provider.actor, need=draft, fields=factories.proposal_fields())
    assert titles(provider, "waiting") == ["早", "草稿", "晚"]
    assert titles(provider, "running") == ["已交"]
    assert titles(provider, "ended") == ["落选"]
    view, counts = tabs(provider)
    assert (view, counts) == (
        "waiting",
        {"waiting": 3, "running": 1, "ended": 1, "open": None},
    )


def test_each_task_is_named_and_leads_to_its_place(merchant, provider):
    invited(merchant, provider, "邀请", 3)
    countered(merchant, provider, "还价", 4)
    called(merchant, provider, "约谈", 5)
    page = provider.browser().get("/needs/?view=waiting")
    tasks = {row["need"].title: row["task"] for row in page.context["rows"]}
    assert tasks == {"邀请": Task.INVITATION, "还价": Task.TERMS, "约谈": Task.TALK}
    text = page.content.decode()
    assert "#negotiation" in text
    assert "/talks/" in text


def test_due_day_is_that_of_what_is_waited_for(merchant, provider):
    today = clock.today()
    invited(merchant, provider, "邀请", 3)
    countered(merchant, provider, "还价", 4)
    called(merchant, provider, "约谈", 5)
    rows = {need.title: need for need in selectors.needs_for(provider.actor, "waiting")}
    assert rows["邀请"].due_on == today + timedelta(days=3)
    assert rows["还价"].due_on == today + timedelta(days=4 + 14), "the merchant chooses until then"
    assert today < rows["约谈"].due_on <= today + timedelta(days=7), "a call is answered in a week"


def test_order_waits_until_the_hour_promised(merchant, provider):
    offer = services.create_service_offer(provider.actor, fields=factories.service_offer_fields())
    services.show_service_offer(provider.actor, offer=offer)
    services.order_service_offer(merchant.actor, offer=offer, note="")
    [need] = selectors.needs_for(provider.actor, "waiting")
    assert need.task == Task.ORDER
    assert need.due_on == clock.day_of(need.answer_by)


def test_invitation_past_its_last_day_waits_for_nobody(merchant, provider, rival):
    need = invited(merchant, provider, "过期", 2)
    factories.submitted_proposal(rival.actor, need)
    with clock.standing_at(clock.now() + timedelta(days=3)):
        assert selectors.turns_of(provider.actor) == {"waiting": 0, "running": 0, "ended": 1}
        assert selectors.turns_of(rival.actor) == {"waiting": 0, "running": 1, "ended": 0}


def test_whoever_was_chosen_finds_it_among_the_ended(merchant, provider):
    need = open_need(merchant, "中选", 5)
    proposal = factories.submitted_proposal(provider.actor, need)
    services.accept_proposal(merchant.actor, proposal=proposal)
    assert titles(provider, "ended") == ["中选"]


def test_last_ended_comes_first_and_pages_follow_the_order(merchant, provider):
    for number in range(23):
        need = open_need(merchant, f"{number:02}", 5)
        proposal = factories.submitted_proposal(provider.actor, need)
        with clock.standing_at(clock.now() + timedelta(minutes=number)):
            services.withdraw_proposal(
                provider.actor, proposal=proposal, reason=LossReason.CAPACITY
            )
    browser = provider.browser()
    first = browser.get("/needs/?view=ended").context
    second = browser.get("/needs/", {"view": "ended", "cursor": first["page"].next}).context
    shown = [row["need"].title for row in [*first["rows"], *second["rows"]]]
    assert shown == [f"{number:02}" for number in reversed(range(23))]


def test_whoever_has_nothing_begins_with_the_open_needs(merchant, provider):
    open_need(merchant, "公开", 5)
    assert tabs(provider)[0] == "open"
    assert titles(provider) == ["公开"]


def test_nobody_sees_another_bidders_answers(merchant, provider, rival):
    invited(merchant, provider, "邀请", 3)
    assert selectors.turns_of(rival.actor) == {"waiting": 0, "running": 0, "ended": 0}
    assert titles(rival, "waiting") == []
    assert titles(merchant, "waiting") == titles(merchant, "open"), "a merchant has no turns"


def test_api_has_the_turns_too(merchant, provider):
    invited(merchant, provider, "邀请", 3)
    factories.submitted_proposal(provider.actor, open_need(merchant, "已交", 5))
    browser = provider.browser()
    for view, found in (("waiting", ["邀请"]), ("running", ["已交"]), ("ended", [])):
        answer = browser.get("/api/v1/needs/", {"view": view}).json()
        assert [row["title"] for row in answer["results"]] == found
    both = browser.get("/api/v1/needs/?view=answered").json()["results"]
    assert len(both) == 2


def test_days_left_colour_the_day(merchant, provider):
    invited(merchant, provider, "今天", 0)
    invited(merchant, provider, "本周", 5)
    invited(merchant, provider, "以后", 20)
    text = provider.browser().get("/needs/?view=waiting").content.decode()
    assert text.count("tag bad num") == 1
    assert text.count("tag warn num") == 1


@pytest.mark.parametrize("view", ["waiting", "running", "ended"])
def test_list_costs_the_same_for_one_and_three(merchant, provider, view):
    browser = provider.browser()
    counts = []
    for number in range(3):
        invited(merchant, provider, f"邀请{number}", 3)
        factories.submitted_proposal(provider.actor, open_need(merchant, f"已交{number}", 5))
        proposal = factories.submitted_proposal(provider.actor, open_need(merchant, "退", 5))
        services.withdraw_proposal(provider.actor, proposal=proposal, reason=LossReason.CAPACITY)
        browser.get("/needs/", {"view": view})
        with CaptureQueriesContext(connection) as queries:
            browser.get("/needs/", {"view": view})
        counts.append(len(queries))
    assert len(set(counts)) == 1
