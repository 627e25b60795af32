"""The sessions of the calendar, each as far as it has come, with everybody in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from django.conf import settings
from django.db import transaction

from portal.core import outbox
from portal.parties.demo import DEMO, World
from portal.parties.demo.cast import make_person
from training.courses import services as courses
from training.courses.fields import SessionFields
from training.courses.models import Lesson, Meeting, Session
from training.courses.services import SessionLife
from training.courses.states import CourseKind, SessionStatus
from training.learning import services
from training.learning.demo.calendar import Planned, calendar, fields_of
from training.learning.demo.lives import Told, lives_of
from training.learning.demo.people import People, key_of
from training.learning.models import Enrolment
from training.learning.rules.attendance import CORRECTED
from training.learning.services import Enrolled, Person
from training.learning.states import Outcome

TEACHERS = (("instructor", "宋知行"), ("instructor-2", "贺一鸣"))
KINDS = tuple(CourseKind)  # a step each
AHEAD = timedelta(days=10)  # what opens later is planned only
LEAST_FULL, FULL_EVERY, LINE = 0.55, 3, 5
LEFT = 3  # seats at least where it is not full
GUIDE = 3  # of those who asked first, none gives the seat back
WHY = "场地临时检修，改期另行通知；名额与费用全部退还。"
DAY = timedelta(days=1)
Held = tuple[Planned, Session]
Examine = Callable[[World, Sequence[Enrolment]], Mapping[UUID, datetime]]


@transaction.atomic
def make_sessions(
    world: World, *, kind: CourseKind, scale: float, examine: Examine | None = None
) -> None:
    """Those of a kind: year by year, first of courses that ask for no other, then of those that do.
    `examine`: tells quizzes and works before it is settled what came of the enrolments, and when
    each of them ended."""
    with outbox.born_delivered():
        teachers = [make_person(*one, settings.DEMO_PASSWORD).pk for one in TEACHERS]
        rows = [one for one in calendar(world) if one.kind == kind]
        lives = [_life(world, one, scale, (teachers[one.place % 2],)) for one in rows]
        made = courses.bring_sessions(DEMO, lives=lives)
        held = [
            (one, session)
            for one, session in zip(rows, made, strict=True)
            if session.status not in {SessionStatus.PLANNED, SessionStatus.CANCELLED}
            and session.occasion.opens_at < world.dawn - DAY
        ]
        for year in sorted({one.day.year for one, _session in held}):
            of_year = [row for row in held if row[0].day.year == year]
            _fill(world, [row for row in of_year if not _needs(row[0])], examine)
            _fill(world, [row for row in of_year if _needs(row[0])], examine)


def _needs(one: Planned) -> list[int]:
    return [row.needs_id for row in one.course.prerequisites.all()]


def _life(world: World, one: Planned, scale: float, teachers: tuple[int, ...]) -> SessionLife:
    fields = fields_of(world, one, scale, teachers)
    planned_at = min(fields.opens_at - 14 * DAY, world.dawn - 5 * DAY)
    if fields.opens_at > world.dawn + AHEAD:
        return SessionLife(one.course, fields, planned_at)
    opened_at = min(fields.opens_at - 7 * DAY, world.dawn - 3 * DAY)
    cancelled_at = _cancelled_at(one, fields)
    if cancelled_at is None or cancelled_at >= world.dawn:
        return SessionLife(one.course, fields, planned_at, opened_at)
    return SessionLife(one.course, fields, planned_at, opened_at, cancelled_at, WHY)


def _cancelled_at(one: Planned, fields: SessionFields) -> datetime | None:
    return fields.meetings[0][0] - 6 * DAY if one.is_cancelled else None


def _fill(world: World, held: Sequence[Held], examine: Examine | None) -> None:
    if not held:
        return
    people = People()
    keys = [session.pk for _one, session in held]
    meetings: dict[int, list[Meeting]] = {}
    for meeting in Meeting.objects.filter(session__in=keys).order_by("session", "position"):
        meetings.setdefault(meeting.session_id, []).append(meeting)
    lessons: dict[int, list[Lesson]] = {}
    for lesson in Lesson.objects.order_by("course", "position"):
        lessons.setdefault(lesson.course_id, []).append(lesson)
    chosen = [_chosen(world, people, one, session) for one, session in held]
    known = services.bring_learners(DEMO, people=[one for some in chosen for one in some])
    learners = iter(known)
    enrolled: list[tuple[Session, Enrolled]] = []
    for (one, session), some in zip(held, chosen, strict=True):
        own = [next(learners) for _person in some]
        told = Told(
            session=session,
            meetings=meetings.get(session.pk, []),
            lessons=lessons[one.course.pk],
            until=world.dawn,
            random=Random(f"lives:{one.name}"),
            keen=frozenset(
                learner.pk
                for learner, person in zip(own, some, strict=True)
                if people.has_done(person, one.course)
            ),
        )
        lives = lives_of(told, own, session.pool.capacity)
        enrolled += [(session, life) for life in lives]
    made = services.bring_many(DEMO, enrolled=enrolled)
    _settle(world, made, examine(world, made) if examine is not None else {})


def _chosen(world: World, people: People, one: Planned, session: Session) -> list[Person]:
    """Those of the guide whose turn it is, then others; some sessions are full, with a line. Of
    what is to come the guide's have seats: they asked first."""
    random, seats = Random(one.name), session.pool.capacity
    is_full = (one.place + (one.kind == CourseKind.LIVE)) % FULL_EVERY == FULL_EVERY - 1
    share = 1.0 if is_full else random.uniform(LEAST_FULL, 0.95)
    wanted = seats + LINE if is_full else max(3, min(round(seats * share), seats - LEFT))
    by = session.occasion.opens_at
    is_ahead = session.starts_at > world.dawn
    first = people.next_ones(one.course, _needs(one), by)[:GUIDE] if is_ahead else []
    chosen = people.again(one.course, by, seats // 3)
    chosen += people.guide(one.course, _needs(one), by, random, one.place)
    others = people.some(one.course, _needs(one), wanted, by, random)
    chosen = list({key_of(person): person for person in [*first, *chosen, *others]}.values())
    others = chosen[len(first) : max(wanted, len(first))]
    random.shuffle(others)
    chosen = [*first, *others]
    for person in chosen:
        people.enrol(one.course.pk, key_of(person))
    return chosen


def _settle(world: World, made: Sequence[Enrolment], examined: Mapping[UUID, datetime]) -> None:
    """Who met everything, when they did; who did not, once it was too late."""
    moments = services.last_lessons([one for one in made if one.session.is_own_pace])

    def ended_at(one: Enrolment) -> datetime:
        session = one.session
        if one.outcome == Outcome.COMPLETED:
            done_at = moments[one.pk] if session.is_own_pace else session.ends_at
            return max(done_at, examined.get(one.pk, done_at))
        if session.is_own_pace or one.pk in examined:
            failed_at = session.finishes_until + timedelta(minutes=5)
        else:
            failed_at = session.ends_at + CORRECTED + timedelta(hours=1)
        return min(max(failed_at, examined.get(one.pk, failed_at)), world.dawn)

    services.settle_brought(DEMO, enrolments=made, at=world.dawn, ended_at=ended_at)
