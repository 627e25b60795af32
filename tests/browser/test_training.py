"""A course on a phone and at a desk: enrolled, full, in line, offered, taken, and on the class list
by the code in the room."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse

from portal.core import clock
from portal.parties import demo as parties_demo
from portal.parties.models import StaffMember
from portal.seats.states import ClaimStatus
from tests.factories import SYSTEM
from tests.training.making import enrolled, open_session, published_course
from training.assessment import demo as assessment_demo
from training.courses import demo as courses_demo
from training.courses.models import Course, Instructor, Session
from training.learning import services as learning
from training.learning.fields import PresenceFields
from training.learning.models import Enrolment, Presence
from training.learning.services import (
    Enrolled,
    Person,
    bring_enrolments,
    bring_learners,
    room_code,
)

pytestmark = pytest.mark.django_db(transaction=True)


def test_from_the_waitlist_into_the_room(open_page, provider, rival, agency, picture, check_page):
    course = published_course(certificate_months=12)
    begins = clock.now() + timedelta(minutes=30)  # the doors are open, and it has not begun
    hours = tuple(
        (begins + timedelta(days=day), begins + timedelta(days=day, hours=2)) for day in (0, 1)
    )
    session = open_session(
        course,
        seats=1,
        meetings=hours,
        joins_until=begins + timedelta(hours=1),
        cancels_until=begins,
        finishes_until=hours[-1][1] + timedelta(days=7),
    )
    Instructor.objects.create(session=session, user=agency.user)

    page = open_page(provider.user)
    page.goto("/courses/")
    check_page(page)
    picture(page, "courses")
    page.click("#course-list article a >> nth=0")
    check_page(page)
    picture(page, "course")
    page.goto(session.get_absolute_url())
    check_page(page)
    page.click("form[action$='/enrolment/'] button.btn-primary")
    page.wait_for_url("**/learning/*/")
    check_page(page)

    other = open_page(rival.user, phone=True)
    other.goto(session.get_absolute_url())
    check_page(other)
    other.click("form[action$='/enrolment/'] button.btn-primary")
    other.wait_for_url("**/learning/*/")
    check_page(other)
    waiting = Enrolment.objects.get(party=rival.party)
    assert waiting.status == "waiting"

    page.click(".head details.menu summary")
    page.click("form[action$='/withdrawal/'] button")
    page.wait_for_load_state()
    other.goto("/workbench/")
    assert other.locator(f"a[href='{waiting.get_absolute_url()}']").count() >= 1
    other.goto(waiting.get_absolute_url())
    check_page(other)
    other.click("form[action$='/seat/'] button.btn-primary")
    other.wait_for_load_state()
    assert Enrolment.objects.get(pk=waiting.pk).status == "confirmed"

    teacher = open_page(agency.user)
    meeting = session.meetings.get(position=1)
    teacher.goto(f"/teaching/{session.pk}/")
    check_page(teacher)
    teacher.click("a[href$='/code/']")
    teacher.wait_for_url("**/code/")
    check_page(teacher)
    picture(teacher, "room-code")
    _scan(other, meeting)
    check_page(other)
    other.click("form button.btn-primary")
    other.wait_for_url("**/learning/*/")
    assert (Presence.objects.get().way, Enrolment.objects.get(pk=waiting.pk).status) == (
        "qr",
        "present",
    )
    teacher.goto(f"/teaching/{session.pk}/")
    assert "100%" not in teacher.inner_text("#roster")


def _scan(page, meeting) -> None:
    """What the camera of a phone opens."""

    page.goto(reverse("room_scan", args=[room_code(meeting)]))


def test_class_list_between_two_days(
    open_page, provider, rival, merchant, agency, picture, check_page
):
    """One came in time, one late, one not at all."""
    first = datetime.combine(clock.today() - timedelta(days=1), time(14), clock.SHANGHAI)
    hours = tuple((day, day + timedelta(hours=2)) for day in (first, first + timedelta(days=2)))
    before = first - timedelta(days=2)
    with clock.standing_at(before - timedelta(days=1)):
        session = open_session(
            meetings=hours,
            joins_until=hours[-1][0],
            cancels_until=before,
            finishes_until=hours[-1][1] + timedelta(days=7),
        )
        people = [
            Person(one.party.pk, one.user.pk, None, str(one.user), clock.now())
            for one in (provider, rival, merchant)
        ]
        learners = bring_learners(SYSTEM, people=people)
    meeting = session.meetings.get(position=1)
    came = (first - timedelta(minutes=6), first + timedelta(minutes=25), None)
    lives = [
        Enrolled(
            learner,
            [(ClaimStatus.CONFIRMED, before)],
            presences=[(meeting, PresenceFields(at))] if at else [],
        )
        for learner, at in zip(learners, came, strict=True)
    ]
    bring_enrolments(SYSTEM, session=session, enrolled=lives)
    Instructor.objects.create(session=session, user=agency.user)
    teacher = open_page(agency.user)
    teacher.goto(f"/teaching/{session.pk}/")
    check_page(teacher)
    picture(teacher, "class-list")
    shares = teacher.locator("#roster tbody td.n").all_inner_texts()
    assert "14:25–16:00" in teacher.inner_text("#roster"), "who did not leave was there to the end"
    assert sorted(shares) == ["0%", "39%", "50%"], "of the hours of both days"


def test_lessons_are_read_on_a_phone_to_the_end(open_page, merchant, check_page):
    course = published_course("own-pace", kind="open", lessons=2)
    enrolled(merchant.actor, open_session(course), merchant.party)
    phone = open_page(merchant.user, phone=True)
    phone.goto(course.get_absolute_url())
    check_page(phone)
    for _lesson in range(2):
        phone.goto(course.get_absolute_url())
        phone.click(".head a.btn-primary")
        check_page(phone)
        phone.click("form[action$='/done/'] button")
        phone.wait_for_load_state()
    assert Enrolment.objects.get().outcome == "completed"
    phone.goto("/learning/")
    check_page(phone)


def test_operators_write_plan_and_cancel(open_page, operator, provider, picture, check_page):
    course = published_course()
    session = open_session(course)
    enrolled(provider.actor, session, provider.party)
    page = open_page(operator.user)
    addresses = (
        *("/training/", "/training/courses/", "/training/courses/new/", "/training/enrolments/"),
        *(f"/training/courses/{course.code}/", f"/training/sessions/{session.pk}/"),
        *(f"/training/courses/{course.code}/lessons/1/", "/training/programmes/new/"),
        *(f"/training/courses/{course.code}/sessions/new/", f"/teaching/{session.pk}/"),
    )
    for address in addresses:
        page.goto(address)
        check_page(page)
    page.goto("/training/")
    picture(page, "training-desk")
    page.goto(f"/training/sessions/{session.pk}/")
    page.click("details.card > summary")
    page.fill("form[action$='/cancellation/'] [name=reason]", "讲师生病")
    page.click("form[action$='/cancellation/'] button")
    page.wait_for_load_state()
    assert Session.objects.get().status == "cancelled"
    phone = open_page(operator.user, phone=True)
    for address in addresses[:5]:
        phone.goto(address)
        check_page(phone)


def test_a_course_of_the_demo_in_its_middle(open_page, provider, picture, check_page):
    """With real lessons, one of them done, and a quiz to come."""
    world = parties_demo.read_world()
    courses_demo.make_courses(world)
    assessment_demo.make_quizzes(world)
    course = Course.objects.get(code="after-sales-basics")
    made = enrolled(provider.actor, open_session(course), provider.party)
    learning.finish_lesson(provider.actor, enrolment=made, lesson=course.lessons.get(position=1))
    page = open_page(provider.user)
    page.goto(course.get_absolute_url())
    check_page(page)
    picture(page, "course-begun")
    assert page.locator(".head a.btn-primary").count() == 1, "on to the next lesson"


def test_owner_enrols_a_colleague_and_somebody_joins_late(
    open_page, merchant, provider, agency, check_page
):
    """A member of staff without an account is enrolled by the owner. Who joins when half of it is
    over reads what was missed and how much can still be reached, before and after."""
    member = StaffMember.objects.create(
        party=merchant.party, name="王运营", role="operator", joined_at=clock.now()
    )
    begins = clock.now() - timedelta(days=1)
    hours = tuple((begins + timedelta(days=n), begins + timedelta(days=n, hours=2)) for n in (0, 2))
    with clock.standing_at(begins - timedelta(days=3)):
        session = open_session(
            meetings=hours,
            cancels_until=begins,
            joins_until=hours[-1][0],
            finishes_until=hours[-1][1] + timedelta(days=7),
        )
    Instructor.objects.create(session=session, user=agency.user)
    page = open_page(merchant.user)
    page.goto("/courses/")
    page.click("#course-list article a >> nth=0")
    page.click("section:has(#sessions) .list a")
    check_page(page)
    page.select_option("[name=who]", label="王运营")
    page.click("form[action$='/enrolment/'] button.btn-primary")
    page.wait_for_url("**/learning/*/")
    check_page(page)
    assert "王运营" in page.inner_text(".head")
    made = Enrolment.objects.get()
    assert (made.learner.member, made.enrolled_by, made.status) == (
        member,
        merchant.user,
        "confirmed",
    )
    page.goto("/learning/ours/")
    assert "王运营" in page.inner_text("#table")

    phone = open_page(provider.user, phone=True)
    phone.goto(session.get_absolute_url())
    check_page(phone)
    said = phone.inner_text(".note.warn")
    assert all(one in said for one in ("120", "240", "50%", "80%")), said
    phone.click("form[action$='/enrolment/'] button.btn-primary")
    phone.wait_for_url("**/learning/*/")
    check_page(phone)
    assert "50%" in phone.inner_text("section:has(#hours) .note.warn")

    teacher = open_page(agency.user)
    teacher.goto(f"/teaching/{session.pk}/")
    teacher.click("#roster details > summary >> nth=0")
    check_page(teacher)
    teacher.check("#roster details >> nth=0 >> [name=absent] >> nth=0")
    teacher.click("#roster details[open] form button.btn-primary")
    teacher.wait_for_load_state()
    assert Presence.objects.count() == 1
    teacher.fill("[name=text]", "第二次课请带上样品。")
    teacher.click("form[action$='/messages/'] button.btn-primary")
    teacher.wait_for_load_state()
    check_page(teacher)
    phone.reload()
    assert "请带上样品" in phone.inner_text("section:has(#said)")
