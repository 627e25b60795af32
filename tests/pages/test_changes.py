"""What changed since somebody last looked: whose, since when, and collapsed by what it is about."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from matchmaking.needs import services as needs
from portal.core import clock
from portal.core.actor import anonymous_actor
from portal.notices import services
from portal.notices.models import Notice, Visit
from portal.pages.changes import DOORS, changes_of
from portal.parties.models import MembershipScope
from portal.parties.states import Role
from tests import factories
from tests.conftest import person_of
from tests.revenue.orders.test_narrowing import helper_of

pytestmark = pytest.mark.django_db


def tell(person, event, key, *, party=True, text="Hello"):
    services.notify(
        [person.user.pk],
        party_id=person.party.pk if party else None,
        event=event,
        key=key,
        sentence=text,
        params={},
        url="/needs/",
    )


def rows(person, since):
    return [(one.kind, one.text, one.count) for one in changes_of(person.actor, since)]


def later(**after):
    return clock.standing_at(clock.now() + timedelta(**after))


def test_visit_begins_where_the_last_one_ended_and_a_reload_changes_nothing(merchant):
    start = clock.now()
    with clock.standing_at(start):
        assert services.note_visit(merchant.actor) == start - timedelta(days=7), "the first one"
    with clock.standing_at(start + timedelta(minutes=20)):
        assert services.note_visit(merchant.actor) == start - timedelta(days=7), "a reload"
    end = start + timedelta(minutes=20)
    for minutes in (60, 75):
        with clock.standing_at(start + timedelta(minutes=minutes)):
            assert services.note_visit(merchant.actor) == end
    assert Visit.objects.filter(user=merchant.user).count() == 1


def test_visits_are_each_partys_and_each_persons(merchant, colleague, stranger):
    services.note_visit(merchant.actor)
    services.note_visit(colleague.actor)
    services.note_visit(stranger.actor)
    services.note_visit(stranger.actor)
    seen = set(Visit.objects.values_list("user", "party_id"))
    assert seen == {
        (merchant.user.pk, merchant.party.pk),
        (colleague.user.pk, merchant.party.pk),
        (stranger.user.pk, None),
    }
    services.note_visit(anonymous_actor("web"))
    assert Visit.objects.count() == 3


def test_notices_of_a_topic_are_one_row_that_opens_the_newest(merchant):
    start = clock.now()
    for minutes, (event, key, text) in enumerate(
        [
            ("proposal.submitted", "1", "First"),
            ("proposal.changed", "2", "Second"),
            ("need.answered", "3", "Third"),
        ],
        1,
    ):
        with later(minutes=minutes):
            tell(merchant, event, key, text=text)
    with later(hours=1):
        found = changes_of(merchant.actor, start)
        mine = [one for one in found if one.kind in ("proposals", "needs")]
        assert [(one.kind, one.text, one.count) for one in mine] == [
            ("needs", "Third", 1),
            ("proposals", "Second", 2),
        ]
        assert mine[1].notice == Notice.objects.get(key="2")
        assert rows(merchant, clock.now()) == []


def test_only_what_is_for_this_person_and_party_is_told(merchant, provider):
    start = clock.now() - timedelta(seconds=1)
    other = factories.listed_party("provider", "另一个主体")
    tell(merchant, "proposal.submitted", "mine")
    services.notify(
        [merchant.user.pk],
        party_id=other.pk,
        event="need.answered",
        key="as-another",
        sentence="Hello",
        params={},
        url="/needs/",
    )
    tell(merchant, "talk.asked", "my-own", party=False)
    kinds = {one.kind for one in changes_of(merchant.actor, start)}
    assert {"proposals", "talks"} <= kinds
    assert "needs" not in kinds, "told as who speaks for another party"
    assert "proposals" not in {one.kind for one in changes_of(provider.actor, start)}


def test_what_colleagues_did_is_told_but_not_what_one_did_oneself(merchant, colleague, rival):
    start = clock.now() - timedelta(seconds=1)
    need = factories.draft_need(merchant.actor)
    needs.publish_need(merchant.actor, need=need)
    work = [one for one in changes_of(colleague.actor, start) if one.kind == "work"]
    ((text, count, url),) = [(one.text, one.count, one.url) for one in work]
    assert (str(merchant.user) in text, count, url) == (True, 2, need.get_absolute_url())
    for person in (merchant, rival):
        assert "work" not in {one.kind for one in changes_of(person.actor, start)}


def test_who_is_narrowed_reads_nothing_of_the_whole(agency):
    start = clock.now() - timedelta(seconds=1)
    membership = helper_of(agency.party)
    helper = person_of(agency.party, membership.user, Role.MEMBER)
    factories.open_post(agency.actor)
    assert "work" in {one.kind for one in changes_of(helper.actor, start)}
    MembershipScope.objects.create(membership=membership)
    assert "work" not in {one.kind for one in changes_of(helper.actor, start)}


def test_announcements_are_told_to_their_audience(merchant, provider):
    start = clock.now() - timedelta(hours=2)
    factories.announcement(title_zh="给商家的话", title_en="For merchants", audience=["merchant"])
    assert "announced" in {one.kind for one in changes_of(merchant.actor, start)}
    assert "announced" not in {one.kind for one in changes_of(provider.actor, start)}


def test_workbench_shows_it_until_the_next_visit_and_then_the_page_does(merchant):
    browser = merchant.browser()
    tell(merchant, "proposal.submitted", "x", text="Once told")
    for _ in range(2):
        assert "Once told" in browser.get("/workbench/").content.decode()
    assert browser.post("/changes/seen/").headers["Location"] == "/workbench/"
    page = browser.get("/workbench/")
    assert page.context["changes"] == []
    assert "Once told" not in page.content.decode()
    days = browser.get("/changes/").context["days"]
    assert [day.day for day in days] == [clock.today()]
    assert "Once told" in browser.get("/changes/?kind=proposals").content.decode()
    assert browser.get("/changes/?kind=nonsense").status_code == 404
    for kind in ("work", "announced", "needs"):
        assert browser.get(f"/changes/?kind={kind}").status_code == 200


@pytest.mark.parametrize("until", ["nonsense", "2026-02-31", "1999-01-01", "2999-01-01", "\0"])
def test_days_that_are_none_show_a_page(merchant, until):
    assert merchant.browser().get("/changes/", {"until": until}).status_code == 200


def test_days_reach_back_thirty(merchant):
    now = clock.now()
    for back in (0, 12, 29, 35):
        with clock.standing_at(now - timedelta(days=back)):
            tell(merchant, "proposal.submitted", str(back), text=f"Before {back}")
    browser = merchant.browser()
    first = browser.get("/changes/")
    assert "Before 0" in first.content.decode()
    second = browser.get(f"/changes/?until={first.context['older']:%Y-%m-%d}")
    assert "Before 12" in second.content.decode()
    third = browser.get(f"/changes/?until={second.context['older']:%Y-%m-%d}")
    assert "Before 29" in third.content.decode()
    last = browser.get(f"/changes/?until={third.context['older']:%Y-%m-%d}")
    assert last.context["older"] is None
    assert "Before 35" not in last.content.decode()


def test_api_asks_without_being_a_visit(merchant):
    browser = merchant.browser()
    tell(merchant, "proposal.submitted", "x", text="Once told")
    for _ in range(2):
        told = browser.get("/api/v1/changes/").json()
        (one,) = [row for row in told["changes"] if row["kind"] == "proposals"]
        assert (one["text"], one["count"]) == ("Once told", 1)
    assert not Visit.objects.exists()
    since = (clock.now() + timedelta(minutes=1)).isoformat()
    assert browser.get("/api/v1/changes/", {"since": since}).json()["changes"] == []
    assert browser.get("/api/v1/changes/", {"since": "yesterday"}).status_code == 400
    assert browser.post("/api/v1/changes/seen/").status_code == 200
    assert browser.get("/api/v1/changes/").json()["changes"] == []


def test_doors_of_colleagues_work_lead_somewhere():
    for name in DOORS.values():
        for key in (1, "00000000-0000-0000-0000-000000000001"):
            try:
                assert reverse(name, args=[key])
                break
            except NoReverseMatch:
                continue
        else:
            pytest.fail(name)


def test_cost_is_the_same_for_one_change_and_for_many(merchant, colleague):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            changes_of(colleague.actor, clock.now() - timedelta(hours=1))
        return len(queries)

    tell(colleague, "proposal.submitted", "a")
    one = cost()
    for number in range(3):
        tell(colleague, f"need.{number}", f"b{number}")
        factories.draft_need(merchant.actor)
        factories.announcement()
    assert cost() == one <= 3
