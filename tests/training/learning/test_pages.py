"""Around courses: what the catalogue finds, pages at a constant cost, phones in the room, reminders
and what waits on the workbench."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.core import clock, outbox
from portal.core.verdict import Refused
from portal.notices.models import Notice
from portal.parties.states import PartyKind
from portal.search.services import publish_missing
from tests import factories
from tests.conftest import person_of
from tests.evaluation import factories as ratings
from tests.factories import SYSTEM
from tests.training.learning.test_enrolments import member_of
from tests.training.making import (
    enrolled,
    open_session,
    published_course,
    session_fields,
)
from training.courses import services as courses
from training.courses.models import Instructor
from training.learning import services
from training.learning.models import Presence, Reminder
from training.learning.selectors import recommended_for
from training.learning.views import catalogue

pytestmark = pytest.mark.django_db


def cost(client, address) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_pages_cost_the_same_for_one_row_and_for_three(provider, rival, operator):
    course = published_course()
    session = open_session(course, seats=9)
    Instructor.objects.create(session=session, user=rival.user)
    enrolled(provider.actor, session, provider.party)

    def one_more(number):
        other = person_of(factories.listed_party(PartyKind.PROVIDER, f"服务商{number}"))
        enrolled(other.actor, session, other.party)
        another = open_session(published_course(f"course-{number}", lessons=3))
        enrolled(provider.actor, another, provider.party)
        open_session(course)
        Instructor.objects.create(session=another, user=rival.user)

    one_more(0)
    places = [
        (provider.browser(), "/courses/"),
        (provider.browser(), "/courses/live-basics/"),
        (provider.browser(), "/learning/"),
        (provider.browser(), "/learning/ours/"),
        (provider.browser(), session.get_absolute_url()),
        (rival.browser(), "/teaching/"),
        (rival.browser(), f"/teaching/{session.pk}/"),
        (operator.browser(), "/training/"),
        (operator.browser(), "/training/courses/"),
        (operator.browser(), "/training/enrolments/"),
    ]
    for client, address in places:
        client.get(address)  # sign-in and caches of the frame
    before = [cost(client, address) for client, address in places]
    one_more(1), one_more(2)
    assert [cost(client, address) for client, address in places] == before
    assert max(before) <= 30


def test_catalogue_is_narrowed_and_its_part_is_a_piece_of_it(visitor):
    live = published_course("live-basics", title_zh="直播间基本功", indicators=("C1",))
    own = published_course("own-pace", kind="open", title_zh="售后不掉分", audience=("merchant",))
    open_session(live), open_session(own)
    publish_missing()

    def found(query):
        page = visitor.get(f"/courses/?{query}")
        return [card.course.code for card in page.context["cards"]]

    month = (clock.now() + timedelta(days=7)).astimezone(clock.SHANGHAI)
    assert sorted(found("")) == ["live-basics", "own-pace"]
    assert found("q=zhibojian") == found("kind=live") == found("indicator=C1") == ["live-basics"]
    assert found("audience=merchant&kind=open") == ["own-pace"]
    assert "live-basics" in found(f"month={month:%Y-%m}")
    assert found("q=%00&month=x&audience=y") == found("q=%00")
    whole = visitor.get("/courses/").content.decode()
    part = visitor.get("/courses/", headers={"HX-Request": "true", "HX-Target": "course-list"})
    assert part.content.decode().strip() in whole
    assert 'id="course-list"' in part.content.decode()


def test_catalogue_puts_first_what_can_be_joined_now(visitor, provider, merchant, monkeypatch):
    now = clock.now()
    rest, own = published_course("rest"), published_course("own", kind="open")
    newer = published_course("newer-own", kind="open")
    soon, late, full = (published_course(code) for code in ("soon", "late", "full"))
    others = published_course("others", audience=("merchant",))
    shut = published_course("shut")
    for course in (own, newer):
        open_session(course)
    week = session_fields(late).meetings
    earlier = [(a - timedelta(days=2), b - timedelta(days=2)) for a, b in week]
    early = {"meetings": earlier, "cancels_until": now, "joins_until": earlier[-1][1]}
    open_session(late), open_session(soon), open_session(soon, **early)
    open_session(others, **early)
    enrolled(merchant.actor, open_session(full, seats=1, **early), merchant.party)
    open_session(shut, opens_at=now + timedelta(days=1))
    monkeypatch.setattr(catalogue, "CARDS", 3)

    def walked(client):
        found, cursor = [], ""
        while True:
            page = client.get(f"/courses/?cursor={cursor}")
            found += [card.course.code for card in page.context["cards"]]
            cursor = page.context["page"].next
            if not cursor:
                return found

    in_order = ["soon", "others", "late", "newer-own", "own", "full", "shut", "rest"]
    assert sorted(walked(visitor)[:2]) == ["others", "soon"]
    assert walked(visitor)[2:] == in_order[2:]
    assert walked(provider.browser()) == ["soon", *in_order[2:-1], "others", "rest"]
    rows = visitor.get("/api/v1/courses/?limit=3").json()
    again = visitor.get(rows["next"]).json()
    codes = [one["course"]["code"] for one in (*rows["results"], *again["results"])]
    assert codes[2:] == in_order[2:6]
    soonest = visitor.get("/courses/").context["cards"]
    assert {card.next.starts_at for card in soonest[:2]} == {earlier[0][0]}
    assert rest.sessions.count() == 0


def test_who_waits_goes_on_with_nothing_and_sees_where_seats_are(provider, rival):
    course = published_course("c1", kind="open", lessons=1)
    full, free = open_session(course, seats=1), open_session(course)
    enrolled(rival.actor, full, rival.party)
    waiting = enrolled(provider.actor, full, provider.party)
    assert waiting.status == "waiting"
    browser = provider.browser()
    assert "继续：" not in browser.get(waiting.get_absolute_url()).content.decode()
    assert browser.get(course.get_absolute_url()).context["sessions"] == [free, full]
    own = enrolled(provider.actor, free, provider.party)
    assert "继续：" in browser.get(own.get_absolute_url()).content.decode()


def test_weak_figure_recommends_its_course_with_the_reason(provider, creator):
    course = published_course("c1", indicators=("C1",), audience=("provider",))
    open_session(course)
    assert recommended_for(provider.actor) == recommended_for(creator.actor) == []
    ratings.snapshot(ratings.method(), {provider.party: {**ratings.AVERAGE, "C1": (3, None)}})
    [one] = recommended_for(provider.actor)
    assert (one.course, one.indicator, one.score < 60) == (course, "C1", True)
    for address in ("/courses/", "/learning/", "/workbench/"):
        assert course.title_zh in provider.browser().get(address).content.decode()
    published_course("c0", indicators=("C1",), audience=("provider",))
    assert recommended_for(provider.actor) == [one], "the one that can be joined"
    enrolled(provider.actor, open_session(course), provider.party)
    [other] = recommended_for(provider.actor)
    assert other.course.code == "c0", "who is in it needs no advice to take it"


def test_phone_in_the_room_counts_oneself_and_the_team_without_an_account(merchant, rival):
    session = open_session()
    own = enrolled(merchant.actor, session, merchant.party)
    member = member_of(merchant.party)
    theirs = enrolled(merchant.actor, session, merchant.party, key="m", member_id=member.pk)
    first = session.meetings.get(position=1)
    with clock.standing_at(first.starts_at + timedelta(minutes=20)):
        address = reverse("room_scan", args=[services.room_code(first)])
        client = merchant.browser()
        page = client.get(address).content.decode()
        assert page.count('name="who"') == 2
        assert rival.browser().get(address).status_code == 409
        assert client.post(address, {"who": str(theirs.pk)}).status_code == 302
        assert client.post(address, {"who": str(own.pk)}).status_code == 302
        assert client.post(address, {"who": "made-up"}).status_code == 404
    ways = dict(Presence.objects.values_list("enrolment", "way"))
    assert ways == {own.pk: "qr", theirs.pk: "behalf"}
    hours = session.meetings.order_by("position").values_list("starts_at", "ends_at")
    hours = tuple((start + timedelta(hours=1), end + timedelta(hours=1)) for start, end in hours)
    fields = session_fields(session.course, meetings=hours)
    with pytest.raises(Refused) as found:  # it has not begun for the calendar yet
        courses.change_session(SYSTEM, session=session, fields=fields)
    assert found.value.verdict.flaws[0].field == "meetings"
    assert session.meetings.count() == 2


def test_meeting_is_told_a_day_and_an_hour_before_once(provider, rival):
    session = open_session(seats=1)
    enrolled(provider.actor, session, provider.party)
    enrolled(rival.actor, session, rival.party)  # waits in line: hears nothing
    first = session.meetings.get(position=1)

    def told_at(moment):
        with clock.standing_at(moment):
            count = services.remind_learners(SYSTEM)
            assert services.remind_learners(SYSTEM) == 0
        outbox.dispatch()
        return count, Notice.objects.filter(event="course.reminder").count()

    assert told_at(first.starts_at - timedelta(hours=25)) == (0, 0)
    assert told_at(first.starts_at - timedelta(hours=23)) == (1, 1)
    assert told_at(first.starts_at - timedelta(minutes=50)) == (1, 2)
    assert told_at(first.ends_at) == (1, 3), "the second, of its day"
    assert Reminder.objects.count() == 3
    assert set(Notice.objects.values_list("user", flat=True)) >= {provider.user.pk}
    assert not Notice.objects.filter(user=rival.user, event="course.reminder").exists()


def test_workbench_names_kept_seats_hours_to_come_and_what_one_teaches(provider, rival, agency):
    session = open_session(seats=1)
    Instructor.objects.create(session=session, user=agency.user)
    first = enrolled(provider.actor, session, provider.party)
    waiting = enrolled(rival.actor, session, rival.party)
    own = published_course("own-pace", kind="open")
    study = enrolled(provider.actor, open_session(own), provider.party)

    def urls(person):
        page = person.browser().get("/workbench/")
        return {todo.url for todo in page.context["todos"]}

    assert waiting.get_absolute_url() not in urls(rival)
    with clock.standing_at(session.starts_at - timedelta(days=2)):
        assert first.get_absolute_url() in urls(provider)
        assert reverse("teaching_session", args=[session.pk]) in urls(agency)
    services.withdraw_enrolment(provider.actor, enrolment=first)
    assert waiting.get_absolute_url() in urls(rival), "the seat is kept for who is next"
    with clock.standing_at(study.session.finishes_until - timedelta(days=2)):
        assert own.get_absolute_url() in urls(provider)


def test_calendar_address_shows_seats_until_it_is_closed(provider, visitor):
    made = enrolled(provider.actor, open_session(), provider.party)
    client = provider.browser()
    client.post("/learning/feed/", {"on": "1"})
    address = client.get("/learning/").context["feed"].removeprefix("http://testserver")
    body = visitor.get(address).content.decode()
    assert body.count("BEGIN:VEVENT") == 2
    assert str(made.pk) in body.replace("\r\n ", "")
    assert "live.example.com" not in body
    client.post("/learning/feed/", {"on": "0"})
    assert visitor.get(address).status_code == 404
