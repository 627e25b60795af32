"""What came of an enrolment: one rule over its parts, written down once."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from portal.core import clock
from portal.core.verdict import Refused
from portal.notices.models import Notice
from portal.seats.states import ClaimStatus
from tests.factories import SYSTEM
from tests.training.making import enrolled, open_session, published_course
from training.courses import services as courses
from training.courses.models import Instructor, Session
from training.learning import selectors, services
from training.learning.fields import PresenceFields
from training.learning.models import Enrolment, LessonProgress, Presence

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def refused(call):
    before = [model.objects.count() for model in (LessonProgress, Presence)]
    with pytest.raises(Refused) as found:
        call()
    assert [model.objects.count() for model in (LessonProgress, Presence)] == before
    return found.value.verdict


def was_there(actor, enrolment, meeting, minutes=None):
    """From its beginning, for so many minutes or to the end; written down as it ends."""
    left = meeting.starts_at + minutes * MINUTE if minutes is not None else None
    with clock.standing_at(meeting.ends_at):
        return services.record_presence(
            actor,
            enrolment=enrolment,
            meeting=meeting,
            fields=PresenceFields(meeting.starts_at, left),
        )


def swept(session: Session, moment) -> None:
    with clock.standing_at(moment):
        courses.sweep_sessions(SYSTEM)
        services.settle_enrolments(SYSTEM)


def test_last_lesson_completes_an_open_course(provider):
    course = published_course("own", kind="open", lessons=3)
    made = enrolled(provider.actor, open_session(course), provider.party)
    first, second, third = course.lessons.order_by("position")
    services.open_lesson(provider.actor, enrolment=made, lesson=first)
    assert made.status == "present"  # reading is being there
    for lesson in (first, second, second):
        services.finish_lesson(provider.actor, enrolment=made, lesson=lesson)
    made.refresh_from_db()
    [(part, result)] = selectors.progress_of(Enrolment.objects.whole().get()).rows
    assert (made.outcome, part.code, result.reached, result.asked) == ("none", "lessons", 2, 3)
    services.finish_lesson(provider.actor, enrolment=made, lesson=third)
    made.refresh_from_db()
    figures = made.outcome, made.attended_minutes, made.planned_minutes
    assert figures == ("completed", 60, 60)
    assert Notice.objects.filter(user=provider.user, event="course.completed").count() == 1
    assert (
        refused(lambda: services.open_lesson(provider.actor, enrolment=made, lesson=first)).status
        == 409
    )


def test_nobody_learns_for_another(provider, operator, rival, merchant, colleague):
    course = published_course("own", kind="open")
    session = open_session(course)
    made = enrolled(provider.actor, session, provider.party)
    lesson = course.lessons.get(position=1)
    for actor in (operator.actor, rival.actor):
        call = partial(services.open_lesson, actor, enrolment=made, lesson=lesson)
        assert refused(call).status == 403
    theirs = enrolled(colleague.actor, session, merchant.party)
    assert (
        refused(
            lambda: services.finish_lesson(merchant.actor, enrolment=theirs, lesson=lesson)
        ).status
        == 403
    )
    other = published_course("other", kind="open").lessons.get(position=1)
    assert (
        refused(lambda: services.open_lesson(provider.actor, enrolment=made, lesson=other)).status
        == 422
    )


def test_attendance_over_planned_hours_completes_once_it_is_over(provider, operator):
    session = open_session()
    made = enrolled(provider.actor, session, provider.party)
    first, second = session.meetings.order_by("position")
    was_there(operator.actor, made, first)
    was_there(operator.actor, made, second, minutes=36)
    swept(session, session.ends_at)
    made.refresh_from_db()
    figures = made.outcome, made.attended_minutes, made.planned_minutes
    assert figures == ("completed", 96, 120)


def test_too_little_attendance_fails_after_the_roster_was_put_right(provider, operator):
    session = open_session()
    made = enrolled(provider.actor, session, provider.party)
    first, second = session.meetings.order_by("position")
    was_there(operator.actor, made, first)
    was_there(operator.actor, made, second, minutes=30)
    swept(session, session.ends_at + timedelta(hours=1))
    made.refresh_from_db()
    assert made.outcome == "none"
    swept(session, session.ends_at + timedelta(hours=49))
    made.refresh_from_db()
    assert (made.outcome, made.reason, made.attended_minutes) == ("failed", "attendance", 90)
    verdict = refused(lambda: was_there(operator.actor, made, second))
    assert verdict.status == 409


def test_who_never_came_is_absent_and_fails_of_it(provider):
    session = open_session()
    made = enrolled(provider.actor, session, provider.party)
    for hours in (0, 49):
        swept(session, session.starts_at)
        swept(session, session.joins_until)
        swept(session, session.ends_at + timedelta(hours=hours))
    made = Enrolment.objects.whole().get()
    assert (made.status, made.outcome, made.reason) == ("absent", "failed", "absence")


def test_roster_is_put_right_by_who_teaches_only(provider, rival, operator):
    session = open_session()
    made = enrolled(provider.actor, session, provider.party)
    meeting = session.meetings.get(position=1)
    other = open_session(published_course("b")).meetings.get(position=1)
    for actor in (provider.actor, rival.actor):
        assert refused(lambda a=actor: was_there(a, made, meeting)).status == 403
    Instructor.objects.create(session=session, user=rival.user)
    was_there(rival.actor, made, meeting, minutes=20)
    was_there(rival.actor, made, meeting, minutes=50)
    row = Presence.objects.get()
    assert (row.left_at - row.arrived_at, row.by) == (50 * MINUTE, rival.user)
    assert refused(lambda: was_there(operator.actor, made, other)).status == 422
    ahead = PresenceFields(meeting.starts_at)
    early = refused(
        lambda: services.record_presence(rival.actor, enrolment=made, meeting=meeting, fields=ahead)
    )
    assert early.flaws[0].field == "arrived_at"
    services.clear_presence(rival.actor, enrolment=made, meeting=meeting)
    made = Enrolment.objects.whole().get(pk=made.pk)
    assert (made.status, made.presences.count()) == ("absent", 0)


def test_code_of_the_room_counts_once_and_not_for_long(provider, rival):
    session = open_session()
    made = enrolled(provider.actor, session, provider.party)
    meeting = session.meetings.get(position=1)
    with clock.standing_at(meeting.starts_at + 3 * MINUTE):
        code = services.room_code(meeting)
        assert (
            refused(lambda: services.scan_in(rival.actor, enrolment=made, code=code)).status == 403
        )
        for _n in range(2):
            row = services.scan_in(provider.actor, enrolment=made, code=code)
        assert (row.way, row.arrived_at) == ("qr", clock.now())
    with clock.standing_at(meeting.starts_at + 6 * MINUTE):
        for stale in (code, "forged", f"{code}x"):
            call = partial(services.scan_in, provider.actor, enrolment=made, code=stale)
            assert refused(call).status == 422
    with clock.standing_at(meeting.ends_at + MINUTE):
        late = services.room_code(meeting)
        assert (
            refused(lambda: services.scan_in(provider.actor, enrolment=made, code=late)).status
            == 409
        )


def test_outcome_is_written_once_whoever_asks(provider):
    course = published_course("own", kind="open", lessons=1)
    made = enrolled(provider.actor, open_session(course), provider.party)
    services.finish_lesson(provider.actor, enrolment=made, lesson=course.lessons.get())
    made.refresh_from_db()
    for changes in ({"outcome": "failed", "reason": "quiz"}, {"attended_minutes": 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Enrolment.objects.filter(pk=made.pk).update(**changes)
    with (
        pytest.raises(ProgrammingError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM learning_enrolment")


def test_history_is_settled_by_the_same_rule(provider, rival, operator):
    session = open_session()
    first, second = session.meetings.order_by("position")
    people = {one.party.pk: one for one in (provider, rival)}
    learners = [
        services.learner_for(SYSTEM, party=one.party, user=one.user) for one in people.values()
    ]
    steps = [(ClaimStatus.CONFIRMED, clock.now()), (ClaimStatus.PRESENT, first.starts_at)]
    came = [
        [(first, PresenceFields(first.starts_at)), (second, PresenceFields(second.starts_at))],
        [(first, PresenceFields(first.starts_at + 30 * MINUTE))],
    ]
    rows = [
        services.Enrolled(learner, steps, presences=there)
        for learner, there in zip(learners, came, strict=True)
    ]
    made = services.bring_enrolments(SYSTEM, session=session, enrolled=rows)
    whole = list(Enrolment.objects.whole().filter(pk__in=[one.pk for one in made]))
    at = session.ends_at + timedelta(hours=49)
    assert services.settle_brought(SYSTEM, enrolments=whole, at=at) == 2
    found = Enrolment.objects.values_list("party", "outcome", "attended_minutes", "planned_minutes")
    assert sorted(found) == sorted(
        [(provider.party.pk, "completed", 120, 120), (rival.party.pk, "failed", 30, 120)]
    )
    assert not Notice.objects.filter(event__startswith="course.").exists()
    assert (
        refused(
            lambda: services.bring_enrolments(operator.actor, session=session, enrolled=[])
        ).status
        == 403
    )


def test_progress_costs_the_same_for_many(provider, rival, django_assert_num_queries):
    session = open_session(published_course(needs_lessons=True))
    for person in (provider, rival):
        enrolled(person.actor, session, person.party)
    rows = list(Enrolment.objects.whole())
    with django_assert_num_queries(4):
        selectors.progress_of_many(rows[:1])
    with django_assert_num_queries(4):
        selectors.progress_of_many(rows)
