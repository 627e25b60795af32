"""The home page counts what is there, and the workbench knows what needs whom today."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from matchmaking.needs import services
from portal.core import audit, clock, operators
from portal.core.operators import Queue
from portal.notices import services as notices
from portal.parties import services as parties
from tests import factories
from tests.conftest import person_of
from tests.matchmaking.fairs.making import open_fair, signed_up

pytestmark = pytest.mark.django_db


def todos(person):
    """Where each to-do of the person's workbench leads, in its order."""
    return [todo.url for todo in person.browser().get("/workbench/").context["todos"]]


def soup(person):
    return BeautifulSoup(person.browser().get("/workbench/").content, "html.parser")


def figures(person):
    return [figure["value"] for figure in person.browser().get("/workbench/").context["figures"]]


def test_person_without_a_party_is_shown_how_to_begin(stranger, operator):
    assert todos(stranger) == ["/parties/new/"]
    assert todos(operator) == []


def test_party_under_way_is_reminded_of_its_next_step(reviewer):
    draft = factories.draft_party("merchant", "沐白个护")
    owner = person_of(draft)
    assert todos(owner) == [draft.get_absolute_url()]
    parties.submit_party(owner.actor, party=draft)
    assert todos(owner) == []
    parties.return_party(reviewer.actor, party=draft, note="blurred")
    (todo,) = owner.browser().get("/workbench/").context["todos"]
    assert (todo.detail, todo.is_urgent) == ("blurred", True)


def test_merchant_sees_drafts_to_publish_and_proposals_to_answer(merchant, provider, rival):
    draft = factories.draft_need(merchant.actor)
    need = factories.open_need(merchant.actor)
    assert todos(merchant) == [draft.get_absolute_url()]
    assert figures(merchant) == [1, 0, 0]
    factories.submitted_proposal(provider.actor, need)
    second = factories.submitted_proposal(rival.actor, need)
    assert todos(merchant) == [f"{need.get_absolute_url()}#proposals", draft.get_absolute_url()]
    assert figures(merchant) == [1, 2, 0]
    services.shortlist_proposal(merchant.actor, proposal=second)
    (todo, _draft) = merchant.browser().get("/workbench/").context["todos"]
    assert ("2" in todo.title, figures(merchant)) == (True, [1, 2, 0]), "both count the shortlist"
    services.accept_proposal(merchant.actor, proposal=second)
    assert todos(merchant) == [draft.get_absolute_url()]
    assert figures(merchant) == [0, 0, 1]


def test_provider_sees_invitations_until_they_are_answered(merchant, provider):
    need = factories.open_need(merchant.actor)
    proposal = services.invite_provider(merchant.actor, need=need, provider=provider.party)
    assert todos(provider) == [proposal.get_absolute_url()]
    assert figures(provider) == [1, 0, 0, "—"]
    with clock.standing_at(clock.now() + timedelta(days=12)):
        (todo,) = provider.browser().get("/workbench/").context["todos"]
        assert (todo.due, todo.is_urgent) == (need.closes_on, True)
    factories.submitted_proposal(provider.actor, need)
    assert todos(provider) == []
    assert figures(provider) == [0, 1, 0, "—"]


def test_busy_day_shows_the_first_and_folds_the_others(merchant):
    drafts = [factories.draft_need(merchant.actor) for _number in range(12)]
    page = merchant.browser().get("/workbench/")
    assert (len(page.context["first_todos"]), len(page.context["more_todos"])) == (10, 2)
    shown = BeautifulSoup(page.content, "html.parser").select("[aria-labelledby=todos] .list > a")
    assert len(shown) == len(drafts)


def test_operator_sees_the_queues_and_nobody_else_does(operator, merchant):
    factories.submitted_party("merchant", "沐白个护")
    queues = operator.browser().get("/workbench/").context["queues"]
    assert [queue.count for queue in queues if queue.count] == [1]
    assert merchant.browser().get("/workbench/").context["queues"] == []


def test_queues_are_counted_in_one_query_and_say_since_when(operator, rf):
    """However many there are, each with its oldest and its nearest day."""
    now = clock.now()
    for number, days in enumerate((1, 5)):
        with clock.standing_at(now - timedelta(days=days)):
            factories.submitted_party("merchant", f"沐白个护{number}")
    request = rf.get("/")
    request.user, request.actor = operator.user, operator.actor
    with CaptureQueriesContext(connection) as queries:
        found = operators.queues(request)
    counted = [one for one in queries.captured_queries if "UNION ALL" in one["sql"]]
    assert (len(counted), len(found) > 20) == (1, True)
    [waiting] = [queue for queue in found if queue.count]
    assert (waiting.count, clock.day_of(waiting.oldest)) == (
        2,
        clock.day_of(now - timedelta(days=5)),
    )


def test_queues_stand_by_their_deadline():
    """The nearest first, then the longest wait; what is empty last."""
    today, now = clock.today(), clock.now()
    late = Queue("late", "/", 1, now, today - timedelta(days=2))
    soon = Queue("soon", "/", 1, now - timedelta(days=9), today + timedelta(days=3))
    old, new = (Queue(str(n), "/", 1, now - timedelta(days=n)) for n in (30, 1))
    empty = Queue("empty", "/", 0, None)
    told = sorted([empty, new, old, soon, late], key=operators._urgency)
    assert told == [late, soon, old, new, empty]


def test_home_counts_what_is_listed_and_open(merchant, provider, rival, agency, creator, stranger):
    parties.hide_party(rival.actor, party=rival.party)
    need = factories.open_need(merchant.actor)
    factories.draft_need(merchant.actor)
    factories.submitted_proposal(provider.actor, need)
    counts = stranger.browser().get("/").context["counts"]
    assert counts == {
        "merchants": 1,
        "providers": 1,
        "agencies": 1,
        "creators": 1,
        "open_needs": 1,
        "proposals": 1,
        "cooperations": 0,
        "listed": 4,
    }


def test_home_shows_the_seats_that_are_left_and_is_kept_for_visitors(
    merchant, creator, agency, stranger
):
    page = stranger.browser().get("/")
    assert (page.context["fairs"], page.context["counts"]["listed"]) == ([], 3), "the first day"
    full = open_fair(1)
    signed_up(creator.actor, full, creator.party)
    with clock.standing_at(clock.now() - timedelta(days=20)):
        open_fair(title="旧场")
    later = open_fair(3, starts_at=clock.now() + timedelta(days=30), **opens_in_days(9))
    shown = stranger.browser().get("/").context["fairs"]
    told = {
        one.fair.pk: {row.role.value: (row.free, row.capacity) for row in one.seats}
        for one in shown
    }
    assert list(told) == [full.pk, later.pk], "the earliest first, none that is over"
    assert told[full.pk] == {"merchant": (1, 1), "creator": (0, 1), "agency": (1, 1)}
    assert told[later.pk]["creator"] == (3, 3)
    visitor = Client()
    page = BeautifulSoup(visitor.get("/").content, "html.parser")
    links = page.select("[aria-labelledby=next-fairs] .list > a")
    assert [link["href"] for link in links] == [full.get_absolute_url(), later.get_absolute_url()]
    open_fair(title="新的一场")
    with CaptureQueriesContext(connection) as queries:
        again = visitor.get("/").content.decode()
    assert ("新的一场" in again, len(queries) <= 3) == (False, True), "kept for a moment"
    assert "新的一场" in merchant.browser().get("/").content.decode(), "not for who signs in"


def opens_in_days(days):
    at = clock.now() + timedelta(days=days)
    return {"opens_at": at, "closes_at": at + timedelta(days=9), "ends_at": at + timedelta(days=31)}


def test_home_counts_no_need_that_nobody_may_see(merchant, provider, stranger):
    factories.open_need(merchant.actor, only_for_id=provider.party.pk)
    page = stranger.browser().get("/")
    assert (page.context["counts"]["open_needs"], list(page.context["needs"])) == (0, [])


@pytest.mark.parametrize("who", ["merchant", "provider", "agency", "creator"])
def test_every_door_of_the_side_bar_is_behind_the_last_tab_of_a_phone(who, request):
    page = soup(request.getfixturevalue(who))
    tabs = [link["href"] for link in page.select(".tabbar > a")]
    assert tabs == ["/workbench/", "/providers/", "/needs/", "/messages/"]
    doors = [link["href"] for link in page.select(".side nav a")]
    assert [link["href"] for link in page.select(".tabbar details a")] == doors


def test_staff_have_every_door_on_a_phone_too(operator):
    page = soup(operator)
    assert len(page.select(".tabbar > a")) == 4
    assert "/admin/" in [link["href"] for link in page.select(".tabbar details a")]


def test_latest_notices_are_the_latest_by_time(merchant):
    """What is written later may have happened before: imports and the demo write the past."""
    now = clock.now()
    for number, days in enumerate([0, 9, 4]):
        with clock.standing_at(now - timedelta(days=days)):
            notices.notify(
                [merchant.user.pk],
                party_id=None,
                event="test",
                key=str(number),
                sentence="Hello",
                params={},
                url="/workbench/",
            )
    found = merchant.browser().get("/workbench/").context["changes"]
    assert [one.notice.key for one in found if one.kind == "other"] == ["0"]
    inbox = merchant.browser().get("/notices/").context["page"].rows
    assert [notice.key for notice in inbox if notice.event == "test"] == ["0", "2", "1"]
    answer = merchant.browser().get("/api/v1/notices/").json()["results"]
    assert [row["id"] for row in answer] == [notice.pk for notice in inbox]


def test_history_stands_in_the_order_of_time(merchant):
    now = clock.now()
    for days in (0, 5):
        with clock.standing_at(now - timedelta(days=days)):
            audit.record(merchant.actor, f"day_{days}", merchant.party)
    verbs = [row.verb for row in audit.trail(merchant.party)]
    assert verbs.index("day_5") < verbs.index("day_0")


def test_home_leads_to_all_four_directories():
    page = BeautifulSoup(Client().get("/").content, "html.parser")
    doors = ["/providers/", "/agencies/", "/creators/", "/merchants/"]
    assert [link["href"] for link in page.select("header nav.only-wide .menu-list a")] == doors
    assert [button["formaction"] for button in page.select(".hero [formaction]")] == doors


@pytest.mark.parametrize("who", ["merchant", "provider", "agency", "creator"])
def test_every_kind_has_its_numbers_with_their_change(who, request):
    person = request.getfixturevalue(who)
    shown = person.browser().get("/workbench/").context["figures"]
    assert 3 <= len(shown) <= 4
    assert all("note" in figure or figure["value"] == "—" for figure in shown)


def test_change_is_the_last_thirty_days_against_those_before(merchant, provider, rival):
    with clock.standing_at(clock.now() - timedelta(days=40)):
        old = factories.open_need(merchant.actor)
        factories.submitted_proposal(provider.actor, old)
    new = factories.open_need(merchant.actor)
    for person in (provider, rival):
        factories.submitted_proposal(person.actor, new)
    shown = merchant.browser().get("/workbench/").context["figures"]
    changes = zip(shown, ["±0", "+1", "±0"], strict=True)
    assert all(change in figure["note"] for figure, change in changes)
