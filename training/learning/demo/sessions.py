"""The sessions of the calendar, each as far as it has come, with everybody in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from django.conf import settings
from django.db import transaction

from portal.core import clock, outbox
from portal.parties.demo import DEMO, World
from portal.parties.demo.cast import make_person
from training.courses import services as courses
from training.courses.models import Meeting, Session
from training.courses.states import CourseKind
from training.learning import services
from training.learning.demo.calendar import Planned, calendar, fields_of
from training.learning.demo.lives import Told, lives_of
from training.learning.demo.people import People, key_of
from training.learning.models import Enrolment, Learner
from training.learning.rules.attendance import CORRECTED
from training.learning.services import Person
from training.learning.states import Outcome

TEACHERS = (("instructor", "宋知行"), ("instructor-2", "贺一鸣"))
KINDS = tuple(CourseKind)  # a step each
AHEAD = timedelta(days=10)  # what opens later is planned only
LEAST_FULL, FULL_EVERY, LINE = 0.55, 3, 5
WHY = "场地临时检修，改期另行通知；名额与费用全部退还。"
DAY = timedelta(days=1)


@transaction.atomic
def make_sessions(world: World, *, kind: CourseKind, scale: float) -> None:
    """Those of a kind, in the order of their days."""
    people = People()
    teachers = [make_person(*one, settings.DEMO_PASSWORD).pk for one in TEACHERS]
    with outbox.born_delivered():
        for one in calendar(world):
            if one.kind == kind:
                _live(world, people, one, scale, (teachers[one.place % 2],))


def _live(
    world: World, people: People, one: Planned, scale: float, teachers: tuple[int, ...]
) -> None:
    fields = fields_of(world, one, scale, teachers)
    planned_at = min(fields.opens_at - 14 * DAY, world.dawn - 5 * DAY)
    with clock.standing_at(planned_at):
        session = courses.create_session(DEMO, course=one.course, fields=fields)
    if fields.opens_at > world.dawn + AHEAD:
        return
    with clock.standing_at(min(fields.opens_at - 7 * DAY, world.dawn - 3 * DAY)):
        session = courses.open_session(DEMO, session=session)
    if one.is_cancelled:
        _cancel(world, session)
    elif fields.opens_at < world.dawn - DAY:
        _fill(world, people, one, session, fields.seats)
        session = courses.lived_through(DEMO, session=session)


def _cancel(world: World, session: Session) -> None:
    told = session.starts_at - 6 * DAY
    if told < world.dawn:
        with clock.standing_at(told):
            courses.cancel_session(DEMO, session=session, why=WHY)


def _fill(world: World, people: People, one: Planned, session: Session, seats: int) -> None:
    random = Random(one.name)
    is_full = (one.place + (one.kind == CourseKind.LIVE)) % FULL_EVERY == 0
    share = 1.0 if is_full else random.uniform(LEAST_FULL, 0.95)
    wanted = seats + LINE if is_full else max(3, round(seats * share))
    needs = [row.needs_id for row in one.course.prerequisites.all()]
    by = session.occasion.opens_at
    chosen = people.guide(one.course, needs, by, random, one.place)
    others = people.some(one.course, needs, wanted, by, random)
    known = {key_of(person) for person in chosen}
    chosen += [person for person in others if key_of(person) not in known]
    chosen = chosen[:wanted]
    random.shuffle(chosen)
    learners = _learners(by, chosen)
    told = Told(
        session=session,
        meetings=list(Meeting.objects.filter(session=session).order_by("position")),
        lessons=list(one.course.lessons.order_by("position")),
        until=world.dawn,
        random=random,
    )
    made = services.bring_enrolments(
        DEMO, session=session, enrolled=lives_of(told, learners, seats)
    )
    _settle(world, session, made)
    for person, enrolment in zip(chosen, made, strict=True):
        is_done = enrolment.outcome == Outcome.COMPLETED
        people.note(one.course.pk, key_of(person), is_done=is_done)


def _learners(at: datetime, chosen: Sequence[Person]) -> list[Learner]:
    with clock.standing_at(at):
        return services.bring_learners(DEMO, people=chosen)


def _settle(world: World, session: Session, made: Sequence[Enrolment]) -> None:
    """Who met everything, when they did; who did not, once it was too late."""
    if session.is_own_pace:
        moments = services.last_lessons(made)
        done = [one for one in made if one.pk in moments]
        services.settle_brought(DEMO, enrolments=done, at=world.dawn, moments=moments)
        too_late = session.finishes_until + timedelta(minutes=5)
    else:
        if session.ends_at <= world.dawn:
            services.settle_brought(DEMO, enrolments=made, at=session.ends_at)
        too_late = session.ends_at + CORRECTED + timedelta(hours=1)
    if too_late <= world.dawn:
        services.settle_brought(DEMO, enrolments=made, at=too_late)
