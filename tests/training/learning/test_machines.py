"""Courses as machines use them: what webhooks are told, materials, and a calendar's address."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from portal.core import clock, outbox
from portal.parties.fields import KeyFields
from portal.parties.models import Membership
from portal.parties.services import make_key
from portal.parties.states import Role
from portal.webhooks.catalogue import event_names, heard
from portal.webhooks.fields import WebhookFields
from portal.webhooks.models import Event
from portal.webhooks.services import make_webhook
from tests.training.assessment import making
from tests.training.learning.test_enrolments import completed
from tests.training.making import (
    enrolled,
    material_of,
    open_session,
    published_course,
    session_fields,
)
from training.assessment import services as assessment
from training.assessment.models import Work
from training.courses import services as courses
from training.courses.models import Instructor
from training.learning import services
from training.learning.models import Enrolment

pytestmark = pytest.mark.django_db
API = "/api/v1"
OF_LEARNING = {one for one in event_names() if one.partition(".")[0] in {"course", "quiz", "work"}}


def told(name: str) -> list[dict]:
    return list(Event.objects.filter(type=name).order_by("at").values_list("data", flat=True))


def test_webhooks_tell_the_way_of_an_enrolment_to_its_party_alone(provider, rival, operator):
    for person in (provider, rival):
        fields = WebhookFields("https://8.8.8.8/hook", sorted(OF_LEARNING))
        make_webhook(person.actor, party=person.party, fields=fields)
    course = published_course()
    session = open_session(course, seats=1)
    first = enrolled(provider.actor, session, provider.party)
    second = enrolled(rival.actor, session, rival.party)
    outbox.dispatch()
    services.withdraw_enrolment(provider.actor, enrolment=first)
    outbox.dispatch()
    services.take_up_offer(rival.actor, enrolment=Enrolment.objects.whole().get(pk=second.pk))
    later = [
        (a + timedelta(days=1), b + timedelta(days=1)) for a, b in session_fields(course).meetings
    ]
    moved = replace(session_fields(course, seats=1), meetings=later)
    courses.change_session(operator.actor, session=session, fields=moved)
    courses.cancel_session(operator.actor, session=session, why="讲师生病")
    outbox.dispatch()
    assert [(one.type, one.party_id) for one in Event.objects.order_by("at")] == [
        ("course.enrolled", provider.party.pk),
        ("course.waiting", rival.party.pk),
        ("course.withdrawn", provider.party.pk),
        ("course.offered", rival.party.pk),
        ("course.moved", rival.party.pk),
        ("course.enrolled", rival.party.pk),
        ("course.cancelled", rival.party.pk),
    ]
    assert told("course.cancelled")[0]["reason"] == "讲师生病"
    moved_to = told("course.moved")[0]["starts_at"]
    assert moved_to == later[0][0].isoformat()


def test_webhooks_tell_what_came_of_quizzes_works_and_courses(provider, creator, rival):
    fields = WebhookFields("https://8.8.8.8/hook", sorted(OF_LEARNING))
    make_webhook(provider.actor, party=provider.party, fields=fields)
    made = making.seated(provider, making.quizzed_course())
    for right in (1, 3):
        attempt = assessment.start_attempt(provider.actor, enrolment=made)
        answers = making.answers_of(attempt, right=right)
        assessment.submit_attempt(provider.actor, attempt=attempt, answers=answers)
    completed(provider.actor, provider.party, published_course("own", kind="open"))
    practical = making.practical_course([creator.user.pk, rival.user.pk])
    second = making.seated(provider, practical)
    work = assessment.hand_in_work(provider.actor, enrolment=second, text="流程表")
    for mark in work.marks.order_by("place"):
        who = creator if mark.marker == creator.user else rival
        assessment.give_mark(who.actor, mark=mark, points=[50, 30], words="可以执行。")
    [failed], [passed], [marked] = told("quiz.failed"), told("quiz.passed"), told("work.marked")
    assert (failed["score"], failed["is_passed"]) == (33, False)
    assert (passed["score"], passed["is_passed"], passed["number"]) == (100, True, 2)
    assert (marked["work"], marked["score"]) == (str(Work.objects.get().pk), 80.0)
    assert [one["course"] for one in told("course.completed")] == ["quizzed", "own", "practical"]
    said = str([failed, passed, marked, *told("course.completed")])
    assert not any(word in said for word in (provider.party.name, str(provider.user)))


def test_examples_are_what_is_told(provider):
    made = making.seated(provider, making.quizzed_course())
    attempt = assessment.start_attempt(provider.actor, enrolment=made)
    for obj in (made, attempt):
        for event in (e for verb in VERBS for e in heard(obj._meta.label_lower, verb)):
            assert event.example.keys() == event.data(obj, provider.party.pk).keys()
            assert list(event.parties(obj)) == [provider.party.pk]


VERBS = (
    *(f"course_seat_{one}" for one in ("confirmed", "waiting", "offered", "expired", "withdrawn")),
    *("course_seat_cancelled", "course_moved", "course_completed", "course_failed"),
    *("quiz_passed", "quiz_failed"),
)


def test_materials_are_listed_for_all_and_read_by_who_is_in(provider, rival, operator, visitor):
    course = published_course()
    material = material_of(course)
    enrolled(provider.actor, open_session(course), provider.party)
    address = f"{API}/courses/{course.code}/materials/"
    [locked] = visitor.get(address).json()
    [shown] = provider.browser().get(address).json()
    assert (locked["title"], locked["file"], shown["name"]) == ("讲义", "", "handout.pdf")
    answer = provider.browser().get(shown["file"])
    assert b"".join(answer.streaming_content) == b"%PDF-1.4 handout"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert rival.browser().get(shown["file"]).status_code == 403
    Instructor.objects.create(session=course.sessions.get(), user=rival.user)
    assert rival.browser().get(shown["file"]).status_code == 200
    desk = f"{API}/training/courses/{course.code}/materials/{material.pk}/removal/"
    assert operator.browser().post(desk).json()["removed_at"]
    assert visitor.get(address).json() == []
    assert provider.browser().get(shown["file"]).status_code == 404


def test_calendar_address_is_made_shown_and_revoked(provider, visitor):
    enrolled(provider.actor, open_session(), provider.party)
    me, address = provider.browser(), f"{API}/learning-calendar/"
    assert me.get(address).json() == {"address": ""}
    post = {"content_type": "application/json"}
    first = me.post(address, {"is_on": True}, **post).json()["address"]
    assert me.get(address).json() == {"address": first}
    body = visitor.get(first).content.decode()
    assert (body.count("BEGIN:VEVENT"), "@example" in body) == (2, False)
    second = me.post(address, {"is_on": True}, **post).json()["address"]
    assert [visitor.get(one).status_code for one in (first, second)] == [404, 200]
    assert me.post(address, {"is_on": False}, **post).json() == {"address": ""}
    assert visitor.get(second).status_code == 404


def test_key_reads_what_its_party_learns_and_not_what_its_maker_learns_elsewhere(
    merchant, provider
):
    Membership.objects.create(
        user=merchant.user, party=provider.party, role=Role.MANAGER, created_at=clock.now()
    )
    session = open_session(seats=4)
    ours = enrolled(merchant.actor, session, merchant.party)
    elsewhere = replace(merchant.actor, party=provider.party)
    enrolled(elsewhere, session, provider.party, key="elsewhere")
    fields = KeyFields("HR", ["party:read"], 30)
    _key, plain = make_key(merchant.actor, party=merchant.party, fields=fields)
    sent = {"Authorization": f"Bearer {plain}"}
    rows = Client().get(f"{API}/enrolments/", headers=sent).json()["results"]
    assert [one["id"] for one in rows] == [str(ours.pk)]
    assert len(merchant.browser().get(f"{API}/enrolments/").json()["results"]) == 2
    address = f"{API}/enrolments/{ours.pk}/withdrawal/"
    assert Client().post(address, headers=sent).status_code == 403


def test_roster_over_the_api_everybody_but_and_a_message(provider, rival, agency, operator):
    begins = clock.now() + timedelta(minutes=30)
    hours = ((begins, begins + timedelta(hours=2)),)
    session = open_session(
        meetings=hours, cancels_until=begins, joins_until=begins + timedelta(hours=1)
    )
    ours = enrolled(provider.actor, session, provider.party)
    theirs = enrolled(rival.actor, session, rival.party)
    Instructor.objects.create(session=session, user=agency.user)
    teacher, place = agency.browser(), f"{API}/course-sessions/{session.pk}"
    post = {"content_type": "application/json"}
    listed = teacher.get(f"{API}/course-sessions/?taught=true").json()["results"]
    assert [one["id"] for one in listed] == [session.pk]
    assert rival.browser().get(f"{API}/course-sessions/?taught=true").json()["results"] == []
    body = {"meeting": session.meetings.get().pk, "absent": [str(theirs.pk)]}
    with clock.standing_at(begins + timedelta(minutes=2)):
        assert teacher.post(f"{place}/everybody/", body, **post).json() == {"written": 1}
        assert teacher.post(f"{place}/everybody/", body, **post).json() == {"written": 0}
    rows = {row["enrolment"]["id"]: row for row in teacher.get(f"{place}/roster/").json()}
    assert (rows[str(ours.pk)]["percent"], rows[str(theirs.pk)]["percent"]) == (100, 0)
    assert [part["code"] for part in rows[str(ours.pk)]["parts"]] == ["attendance"]
    said = teacher.post(f"{place}/messages/", {"text": " 请带上样品。 "}, **post).json()
    assert (said["text"], said["reached"]) == ("请带上样品。", 2)
    assert len(provider.browser().get(f"{place}/messages/").json()) == 1
    assert operator.browser().get(f"{place}/").json()["reach"]["percent"] == 100
