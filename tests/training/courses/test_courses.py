"""Courses and sessions: written, published, moved, cancelled; each refusal changes nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from portal.core import audit, clock, outbox
from portal.core.verdict import Refused
from portal.evaluation.models import Remedy
from portal.notices.models import Notice
from portal.seats.models import Pool
from tests.factories import SYSTEM
from tests.training.making import (
    course_fields,
    enrolled,
    lesson_fields,
    open_session,
    planned_session,
    published_course,
    session_fields,
)
from training.courses import services
from training.courses.fields import ProgrammeFields
from training.courses.models import Course, Lesson, Meeting, Programme, Session

pytestmark = pytest.mark.django_db


def refused(call):
    """The verdict; nothing was written."""
    before = [model.objects.count() for model in (Course, Lesson, Session, Meeting, Pool)]
    with pytest.raises(Refused) as found:
        call()
    assert [model.objects.count() for model in (Course, Lesson, Session, Meeting, Pool)] == before
    return found.value.verdict


def test_published_course_is_named_where_its_indicator_is_weak(operator):
    course = services.create_course(operator.actor, fields=course_fields(indicators=("I1", "T5")))
    assert not Course.objects.visible_to(SYSTEM.__class__(None, None, "anonymous", "web")).exists()
    services.publish_course(operator.actor, course=course)
    offered = Remedy.objects.filter(origin="course:live-basics", is_open=True)
    assert sorted(offered.values_list("indicator", flat=True)) == ["I1", "T5"]
    services.change_course(
        operator.actor, course=course, fields=course_fields(indicators=("T5",), title_zh="新名")
    )
    assert offered.get().title_zh == "新名"
    services.archive_course(operator.actor, course=course)
    assert not offered.exists()
    verbs = [row.verb for row in audit.trail(course)]
    assert verbs == ["create_course", "publish_course", "change_course", "archive_course"]


def test_faulty_course_is_refused_by_field(operator, provider):
    assert (
        refused(lambda: services.create_course(provider.actor, fields=course_fields())).status
        == 403
    )
    for name, value in (
        *(("code", "Not A Slug"), ("title_zh", ""), ("audience", ()), ("topics", ("cooking",))),
        *(("planned_minutes", 0), ("least_attendance", 101), ("certificate_months", 0)),
        *(("title_en", "two\nlines"), ("indicators", ("I1", "I1"))),
    ):
        fields = replace(course_fields(), **{name: value})
        verdict = refused(lambda f=fields: services.create_course(operator.actor, fields=f))
        assert (verdict.status, verdict.flaws[0].field) == (422, name)
    nothing = course_fields(least_attendance=0)
    verdict = refused(lambda: services.create_course(operator.actor, fields=nothing))
    assert verdict.flaws[0].field == "needs_lessons"
    services.create_course(operator.actor, fields=course_fields())
    verdict = refused(lambda: services.create_course(operator.actor, fields=course_fields()))
    assert verdict.flaws[0].field == "code"


def test_course_never_asks_for_itself(operator):
    first = published_course("first")
    second = published_course("second", needs=(first.pk,))
    for keys in ((first.pk,), (second.pk,)):
        fields = course_fields("first", needs=keys)
        verdict = refused(
            lambda f=fields: services.change_course(operator.actor, course=first, fields=f)
        )
        assert verdict.flaws[0].field == "needs"
    assert list(second.prerequisites.values_list("needs__code", flat=True)) == ["first"]


def test_code_and_kind_of_a_published_course_stay(operator):
    course = published_course()
    for fields in (course_fields("other"), course_fields(kind="offline")):
        verdict = refused(
            lambda f=fields: services.change_course(operator.actor, course=course, fields=f)
        )
        assert verdict.status == 422


def test_lessons_stand_in_the_order_they_are_put(operator, now_constraints):
    course = services.create_course(operator.actor, fields=course_fields(needs_lessons=True))
    assert refused(lambda: services.publish_course(operator.actor, course=course)).status == 422
    first, second, third = (
        services.add_lesson(operator.actor, course=course, fields=lesson_fields(title))
        for title in ("一", "二", "三")
    )
    with transaction.atomic():
        services.move_lesson(operator.actor, lesson=third, position=1)
    titles = course.lessons.order_by("position").values_list("title_zh", flat=True)
    assert list(titles) == ["三", "一", "二"]
    assert (
        refused(lambda: services.move_lesson(operator.actor, lesson=first, position=4)).status
        == 422
    )
    fields = lesson_fields("改过", is_required=False)
    assert services.change_lesson(operator.actor, lesson=second, fields=fields).title_zh == "改过"


def test_programme_is_courses_in_an_order(operator):
    first, second = published_course("first"), published_course("second")
    fields = ProgrammeFields(
        code="cold-start",
        kind="cold_start",
        title_zh="三十天冷启动",
        title_en="Cold start in 30 days",
        summary_zh="新店三十天。",
        summary_en="Thirty days of a new shop.",
        audience=("merchant",),
        courses=((second.pk, True), (first.pk, False)),
    )
    programme = services.create_programme(operator.actor, fields=fields)
    services.publish_programme(operator.actor, programme=programme)
    codes = programme.steps.order_by("position").values_list("course__code", flat=True)
    assert list(codes) == ["second", "first"]
    for name, value in (
        *(("courses", ()), ("courses", ((first.pk, True), (first.pk, True)))),
        *(("kind", "belt"), ("kind", "custom")),
    ):
        with pytest.raises(Refused) as found:
            services.create_programme(
                operator.actor, fields=replace(fields, code="other", **{name: value})
            )
        assert found.value.verdict.status == 422
    assert Programme.objects.count() == 1


def test_session_is_opened_once_it_is_whole(operator, provider):
    course = published_course()
    session = planned_session(course, link="")
    assert not Session.objects.visible_to(provider.actor).exists()
    assert refused(lambda: services.open_session(provider.actor, session=session)).status == 403
    assert refused(lambda: services.open_session(operator.actor, session=session)).status == 422
    fields = session_fields(course)
    session = services.change_session(operator.actor, session=session, fields=fields)
    session = services.open_session(operator.actor, session=session)
    assert session.is_taking
    assert Session.objects.visible_to(provider.actor).exists()
    assert refused(lambda: services.open_session(operator.actor, session=session)).status == 409


def test_faulty_session_is_refused_by_field(operator):
    live, site = published_course(), published_course("on-site", kind="offline")
    own_pace = published_course("own-pace", kind="open")
    now, good = clock.now(), session_fields(live)
    hour = timedelta(hours=1)
    for course, field, changes in (
        (live, "meetings", {"meetings": ()}),
        (live, "meetings", {"meetings": ((now, now - hour),)}),
        (live, "meetings", {"meetings": (*good.meetings, good.meetings[0])}),
        (live, "seats", {"seats": 0}),
        (live, "joins_until", {"joins_until": good.opens_at}),
        (live, "finishes_until", {"finishes_until": now}),
        (live, "link", {"link": "http://unsafe.example.com"}),
        (live, "venue", {"venue": "杭州"}),
        (site, "city_id", {"city_id": None}),
        (site, "venue", {"venue": ""}),
        (own_pace, "meetings", {"meetings": good.meetings}),
        (own_pace, "ends_at", {"ends_at": None}),
    ):
        fields = session_fields(course, **changes)
        verdict = refused(
            lambda c=course, f=fields: services.create_session(operator.actor, course=c, fields=f)
        )
        assert (verdict.status, verdict.flaws[0].field) == (422, field), changes


def test_database_keeps_meetings_of_a_session_apart(now_constraints):
    session = planned_session()
    first = session.meetings.get(position=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.create(
            session=session,
            position=3,
            starts_at=first.starts_at + timedelta(minutes=30),
            ends_at=first.ends_at + timedelta(minutes=30),
        )


def test_moved_session_tells_everybody_and_keeps_taken_seats(operator, provider, creator):
    course = published_course()
    session = open_session(course)
    enrolled(provider.actor, session, provider.party)
    enrolled(creator.actor, session, creator.party)
    fields = session_fields(course)
    later = tuple((a + timedelta(days=1), b + timedelta(days=1)) for a, b in fields.meetings)
    fields = replace(fields, meetings=later)
    few = replace(fields, seats=1)
    assert (
        refused(lambda: services.change_session(operator.actor, session=session, fields=few)).status
        == 409
    )
    services.change_session(operator.actor, session=session, fields=fields)
    told = Notice.objects.filter(event="course.moved").values_list("user", flat=True)
    assert sorted(told) == sorted([provider.user.pk, creator.user.pk])


def test_cancelled_session_tells_everybody_why(operator, provider):
    session = open_session()
    made = enrolled(provider.actor, session, provider.party)
    assert (
        refused(lambda: services.cancel_session(operator.actor, session=session, why=" ")).status
        == 422
    )
    services.cancel_session(operator.actor, session=session, why="讲师生病")
    outbox.dispatch()
    made.claim.refresh_from_db()
    assert made.status == "cancelled"
    assert Notice.objects.get(event="course.cancelled").params["reason"] == "讲师生病"
    assert (
        refused(
            lambda: services.cancel_session(operator.actor, session=session, why="again")
        ).status
        == 409
    )


def test_operators_cancel_in_the_admin_with_a_reason(operator):
    session, desk, url = open_session(), operator.browser(), "/admin/courses/session/"
    act = {"action": "cancel", "_selected_action": [session.pk]}
    assert "confirmed" in desk.post(url, act).content.decode()
    desk.post(url, act | {"confirmed": "1", "reason": " "})
    session.refresh_from_db()
    assert session.status == "open"
    desk.post(url, act | {"confirmed": "1", "reason": "讲师生病"})
    session.refresh_from_db()
    assert session.status == "cancelled"


def test_calendar_moves_a_session(provider, creator):
    session = open_session(seats=1)
    seat = enrolled(provider.actor, session, provider.party)
    waits = enrolled(creator.actor, session, creator.party)
    first, second = session.meetings.order_by("position")
    for moment, status in (
        (first.starts_at, "running"),
        (session.joins_until, "running"),
        (second.ends_at, "done"),
    ):
        with clock.standing_at(moment):
            services.sweep_sessions(SYSTEM)
            services.sweep_sessions(SYSTEM)
        session.refresh_from_db()
        assert session.status == status
        for one in (seat, waits):
            one.claim.refresh_from_db()
        assert waits.status == ("waiting" if moment == first.starts_at else "expired")
    assert seat.status == "absent"
