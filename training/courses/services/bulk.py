"""Courses and sessions as they were, written down at once: for the demo and imports. The same rules
say what is sound; nobody is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from portal.core import audit, bulk, clock
from portal.core.actor import Actor
from portal.core.models import AuditEntry
from portal.evaluation.models import Remedy, RemedyKind
from portal.evaluation.services import bring_remedies
from portal.seats.services import OccasionLife, bring_occasions
from portal.seats.states import Admission
from training.courses import rules, states
from training.courses.fields import CourseFields, LessonFields, SessionFields
from training.courses.models import Course, Instructor, Lesson, Meeting, Prerequisite, Session
from training.courses.services.courses import OWN as OF_COURSE
from training.courses.services.courses import origin_of
from training.courses.services.sessions import OCCASION, POOL, fill_session, times_of, told_of
from training.courses.states import CourseStatus, SessionStatus


@dataclass(frozen=True, slots=True)
class SessionLife:
    """A session that was planned at `planned_at` and, unless None, opened at `opened_at`; what the
    calendar did since is what it always does. `cancelled_at`: with its reason."""

    course: Course
    fields: SessionFields
    planned_at: datetime
    opened_at: datetime | None = None
    cancelled_at: datetime | None = None
    reason: str = ""


@transaction.atomic
def bring_courses(
    actor: Actor,
    *,
    brought: Sequence[tuple[CourseFields, Sequence[LessonFields]]],
    needs: Sequence[tuple[str, str]] = (),
) -> list[Course]:
    """Published now. `needs`: codes of a course and of another that it asks for."""
    rules.can_bring_in_bulk(actor).require()
    for fields, lessons in brought:
        rules.course_is_sound(fields).require()
        for lesson in lessons:
            rules.lesson_is_sound(lesson).require()
    made = [_course(fields) for fields, _lessons in brought]
    bulk.number(made)
    bulk.insert(made)
    by_code = {course.code: course for course in made}
    bulk.insert([Prerequisite(course=by_code[one], needs=by_code[other]) for one, other in needs])
    bulk.insert(
        [
            Lesson(course=course, position=place, **_values(lesson))
            for course, (_fields, lessons) in zip(made, brought, strict=True)
            for place, lesson in enumerate(lessons, start=1)
        ]
    )
    audit.record_many([_published(actor, course) for course in made])
    bring_remedies(actor, remedies=[row for course in made for row in _remedies(course)])
    return made


def _course(fields: CourseFields) -> Course:
    now = clock.now()
    values = {name: getattr(fields, name) for name in OF_COURSE}
    return Course(
        **values,
        audience=list(fields.audience),
        topics=list(fields.topics),
        indicators=list(fields.indicators),
        status=CourseStatus.PUBLISHED,
        created_at=now,
        published_at=now,
    )


def _values(lesson: LessonFields) -> dict[str, object]:
    names = ("title_zh", "title_en", "text_zh", "text_en", "minutes", "is_required")
    return {name: getattr(lesson, name) for name in names}


def _remedies(course: Course) -> Iterator[Remedy]:
    for indicator in course.indicators:
        yield Remedy(
            indicator=indicator,
            kind=RemedyKind.COURSE,
            origin=origin_of(course),
            title_zh=course.title_zh,
            title_en=course.title_en,
            url=course.get_absolute_url(),
        )


def _published(actor: Actor, course: Course) -> AuditEntry:
    after = {"code": course.code, "status": course.status}
    return audit.entry(actor, "publish_course", course, at=course.created_at, after=after)


# --- sessions -------------------------------------------------------------------------------------


@transaction.atomic
def bring_sessions(actor: Actor, *, lives: Sequence[SessionLife]) -> list[Session]:
    """Each as far as it has come by now."""
    rules.can_bring_in_bulk(actor).require()
    for life in lives:
        rules.session_is_sound(life.course, life.fields).require()
    made = [_session(life) for life in lives]
    pools = bring_occasions(
        actor,
        lives=[_occasion(life, one) for life, one in zip(lives, made, strict=True)],
        code=POOL,
    )
    for one, pool in zip(made, pools, strict=True):
        one.pool, one.occasion = pool, pool.occasion
    bulk.number(made)
    bulk.insert(made)
    told = list(zip(made, lives, strict=True))
    bulk.insert([row for one, life in told for row in _meetings(one, life.fields)])
    bulk.insert(
        [
            Instructor(session=one, user_id=key)
            for one, life in told
            for key in life.fields.instructors
        ]
    )
    audit.record_many([row for one, life in told for row in _steps(actor, one, life)])
    return made


def _session(life: SessionLife) -> Session:
    session = Session(
        course=life.course, form=states.FORMS[life.course.kind], created_at=life.planned_at
    )
    fill_session(session, life.fields)
    session.opened_at, now = life.opened_at, clock.now()
    if life.cancelled_at is not None:
        session.status, session.reason = SessionStatus.CANCELLED, life.reason
        session.ended_at = life.cancelled_at
    elif life.opened_at is None:
        session.status = SessionStatus.PLANNED
    elif session.ends_at <= now:
        session.status, session.ended_at = SessionStatus.DONE, session.ends_at
    else:
        is_begun = session.starts_at <= now
        session.status = SessionStatus.RUNNING if is_begun else SessionStatus.OPEN
    return session


def _occasion(life: SessionLife, session: Session) -> OccasionLife:
    closed_at = life.cancelled_at
    has_begun = session.status in {SessionStatus.RUNNING, SessionStatus.DONE}
    if closed_at is None and has_begun and session.joins_until <= clock.now():
        closed_at = session.joins_until
    return OccasionLife(
        kind=OCCASION,
        admission=Admission.INSTANT,
        capacity=life.fields.seats,
        closed_at=closed_at,
        times=times_of(life.course, life.fields),
    )


def _meetings(session: Session, fields: SessionFields) -> Iterator[Meeting]:
    for place, (starts, ends) in enumerate(sorted(fields.meetings), start=1):
        yield Meeting(session=session, position=place, starts_at=starts, ends_at=ends)


def _steps(actor: Actor, session: Session, life: SessionLife) -> Iterator[AuditEntry]:
    """What its trail would say, each step at its moment."""
    after = told_of(session, life.fields)
    yield audit.entry(actor, "create_session", session, at=life.planned_at, after=after)
    done = session.status == SessionStatus.DONE
    for verb, at, status in (
        ("open_session", life.opened_at, SessionStatus.OPEN),
        (
            "session_is_running",
            session.starts_at if done or session.status == SessionStatus.RUNNING else None,
            SessionStatus.RUNNING,
        ),
        ("session_is_done", session.ended_at if done else None, SessionStatus.DONE),
        ("cancel_session", life.cancelled_at, SessionStatus.CANCELLED),
    ):
        if at is not None:
            said = {"status": status.value}
            yield audit.entry(actor, verb, session, at=at, after=said, why=session.reason)
