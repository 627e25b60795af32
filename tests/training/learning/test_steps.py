"""Fewer steps: on to what is next, a class by one press, a message, another room, planned again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from portal.core import clock
from portal.core.models import AuditEntry
from portal.core.verdict import Refused
from portal.notices.models import Notice
from tests.factories import SYSTEM
from tests.training.assessment import making
from tests.training.learning.test_enrolments import member_of
from tests.training.making import enrolled, lesson_fields, open_session, published_course
from training.assessment import services as assessment
from training.courses import services as courses
from training.courses.models import Instructor
from training.learning import services
from training.learning.models import ClassMessage, Enrolment, Presence

pytestmark = pytest.mark.django_db


def refused(call):
    before = ClassMessage.objects.count(), Presence.objects.count(), Notice.objects.count()
    with pytest.raises(Refused) as found:
        call()
    now = ClassMessage.objects.count(), Presence.objects.count(), Notice.objects.count()
    assert now == before
    return found.value.verdict


def next_of(person) -> str:
    """Where My learning leads by one press; nowhere where nothing is to be done."""
    [(_one, progress)] = person.browser().get("/learning/").context["running"]
    return progress.next[1].url if progress.next else ""


def test_my_learning_leads_on_to_the_next_open_part(provider):
    course = making.quizzed_course(lessons=[lesson_fields("一"), lesson_fields("二")])
    made = making.seated(provider, course)
    first, second = course.lessons.order_by("position")
    assert next_of(provider) == first.get_absolute_url()
    services.finish_lesson(provider.actor, enrolment=made, lesson=first)
    assert next_of(provider) == second.get_absolute_url()
    page = provider.browser().get("/workbench/").content.decode()
    assert f'href="{second.get_absolute_url()}"' in page, "where one stopped"
    services.finish_lesson(provider.actor, enrolment=made, lesson=second)
    quiz = reverse("quiz_detail", args=[made.pk])
    assert next_of(provider) == quiz
    attempt = assessment.start_attempt(provider.actor, enrolment=made)
    answers = making.answers_of(attempt, right=0)
    assessment.submit_attempt(provider.actor, attempt=attempt, answers=answers)
    result = provider.browser().get(attempt.get_absolute_url()).content.decode()
    assert f'action="{reverse("attempt_create", args=[made.pk])}"' in result, "again at once"
    for address in (course.get_absolute_url(), made.get_absolute_url()):
        assert f'href="{quiz}"' in provider.browser().get(address).content.decode()


def test_course_page_takes_the_first_seat_by_one_press(provider, visitor, creator):
    course = published_course("own", kind="open", audience=("provider",))
    session = open_session(course)
    page = provider.browser().get(course.get_absolute_url())
    assert page.context["first"] == session
    body = {"who": f"u{provider.user.pk}", "key": page.context["key"]}
    address = reverse("session_enrolment", args=[session.pk])
    assert provider.browser().post(address, body).status_code == 302
    assert Enrolment.objects.get().learner.user == provider.user
    for client in (visitor, creator.browser(), provider.browser()):
        assert client.get(course.get_absolute_url()).context["first"] is None


def test_who_would_join_late_reads_what_was_missed_first(provider):
    now = clock.now()
    hours = [(now + timedelta(days=n), now + timedelta(days=n, hours=2)) for n in (-1, 1)]
    with clock.standing_at(now - timedelta(days=3)):
        session = open_session(meetings=hours, cancels_until=now, joins_until=hours[-1][0])
    page = provider.browser().get(session.course.get_absolute_url())
    assert page.context["first"] is None
    reach = provider.browser().get(session.get_absolute_url()).context["reach"]
    assert (reach.over, reach.all, reach.missed_minutes, reach.percent) == (1, 2, 120, 50)
    assert (reach.is_late, reach.is_enough) == (True, False)


def test_marker_goes_on_to_the_next_work(provider, rival, merchant, agency, creator):
    course = making.practical_course([merchant.user.pk, agency.user.pk])
    for person in (provider, rival):
        assessment.hand_in_work(
            person.actor, enrolment=making.seated(person, course), text="流程表"
        )
    first, second = merchant.user.marks.order_by("due_at", "pk")
    body = {"points-1": 50, "points-2": 20, "words": "可以执行。", "then": "next"}
    browser = merchant.browser()
    assert browser.post(first.get_absolute_url(), body).url == second.get_absolute_url()
    assert browser.post(second.get_absolute_url(), body).url == second.get_absolute_url()


def test_everybody_but_who_is_ticked_was_there(provider, rival, merchant, agency, operator):
    begins = clock.now() + timedelta(hours=2)
    hours = ((begins, begins + timedelta(hours=2)),)
    session = open_session(
        meetings=hours, cancels_until=begins, joins_until=begins + timedelta(hours=1)
    )
    ours, late, gone = (
        enrolled(one.actor, session, one.party) for one in (provider, rival, merchant)
    )
    Instructor.objects.create(session=session, user=agency.user)
    meeting = session.meetings.get()
    address = reverse("teaching_everybody", args=[meeting.pk])
    assert agency.browser().post(address).status_code == 422, "the doors are not open"
    with clock.standing_at(begins + timedelta(minutes=30)):
        code = services.room_code(meeting)
        services.scan_in(rival.actor, enrolment=late, code=code)
    with clock.standing_at(hours[0][1] + timedelta(minutes=5)):
        unseen = agency.browser().get(f"/teaching/{session.pk}/").context["unseen"]
        assert [(m.pk, len(people)) for m, people in unseen] == [(meeting.pk, 2)]
        assert provider.browser().post(address).status_code == 403
        agency.browser().post(address, {"absent": [str(gone.pk)]})
        assert agency.browser().post(address, {"absent": ["x"]}).status_code == 404
    rows = {one.enrolment_id: one for one in Presence.objects.all()}
    assert rows.keys() == {ours.pk, late.pk}
    assert rows[ours.pk].arrived_at == begins, "after it ended, all of it"
    assert rows[late.pk].arrived_at == begins + timedelta(minutes=30), "as they came"


def test_class_is_told_once_each_and_ten_times_a_day(provider, rival, merchant, agency):
    session = open_session(seats=4)
    enrolled(provider.actor, session, provider.party)
    for number in (1, 2):
        member = member_of(merchant.party, f"同事{number}")
        enrolled(merchant.actor, session, merchant.party, key=str(number), member_id=member.pk)
    Instructor.objects.create(session=session, user=agency.user)

    def say(who, text="请带上样品。"):
        return services.tell_class(who.actor, session=session, text=text)

    assert refused(lambda: say(provider)).status == 403
    assert refused(lambda: say(agency, " ")).flaws[0].field == "text"
    assert say(agency).reached == 3
    told = Notice.objects.filter(event="class.message")
    assert sorted(told.values_list("user", flat=True)) == sorted(
        [provider.user.pk, merchant.user.pk]
    ), "who manages the team hears of it once"
    assert AuditEntry.objects.get(verb="tell_class").after == {"people": 3}
    for _more in range(9):
        say(agency)
    assert refused(lambda: say(agency)).status == 409
    with clock.standing_at(clock.now() + timedelta(days=1)):
        say(agency)
    page = provider.browser().get(Enrolment.objects.get(party=provider.party).get_absolute_url())
    assert len(page.context["said"]) == 11
    assert list(ClassMessage.objects.visible_to(rival.actor)) == []


def test_who_teaches_changes_the_room_and_everybody_is_told(provider, agency, rival):
    session = open_session()
    enrolled(provider.actor, session, provider.party)
    Instructor.objects.create(session=session, user=agency.user)

    def move(who, place="https://live.example.com/2"):
        return courses.change_room(who.actor, session=session, place=place)

    assert refused(lambda: move(rival)).status == 403
    assert refused(lambda: move(agency, "http://live.example.com")).flaws[0].field == "place"
    with clock.standing_at(session.starts_at + timedelta(minutes=1)):
        courses.sweep_sessions(SYSTEM)
        assert move(agency).status == "running", "also while it runs"
    assert Notice.objects.filter(event="course.moved", user=provider.user).count() == 1
    move(agency)
    assert Notice.objects.filter(event="course.moved").count() == 1, "nothing new, nobody told"


def test_session_is_planned_again_at_the_same_hours_of_another_week(operator):
    session = open_session(published_course("face", kind="offline"), seats=7)
    address = reverse("session_create", args=["face"])
    form = operator.browser().get(f"{address}?like={session.pk}").context["form"]
    given = {name: form[name].value() for name in form.fields}
    assert given["seats"] == 7
    first = session.meetings.get(position=1).starts_at + timedelta(days=7)
    assert given["meetings"].startswith(f"{first.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}")
    assert form.initial["joins_until"] == session.joins_until + timedelta(days=7)
    assert operator.browser().get(f"{address}?like=99x").context["form"].initial == {}
