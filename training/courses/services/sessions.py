"""A session from the plan to its end, by the operators and by the calendar."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.refusing import refusing
from portal.core.verdict import Flaw, Refused, conflict, flawless
from portal.parties.models import User
from portal.seats import services as seats
from portal.seats.states import Admission
from training.courses import movers, rules, states
from training.courses.fields import SessionFields
from training.courses.models import Course, Instructor, Meeting, Session
from training.courses.rules.sessions import span_of
from training.courses.services.courses import lock_course
from training.courses.states import CourseStatus, SessionForm, SessionStatus

OCCASION, POOL = "course", "all"
HURRY = timedelta(hours=24)  # before it begins
NO_SEAT = gettext_noop("No seat was freed before enrolling ended.")
SOMEBODY_IS_THERE = {
    "protected foreign keys": flawless(
        [Flaw("meetings", _("Somebody is on the list of these hours already; leave them."))]
    )
}
OWN = (
    *("city_id", "venue", "link", "joins_until", "cancels_until", "finishes_until"),
    "most_per_party",
)
MOVED = ("starts_at", "ends_at", "city_id", "venue", "link")
FACTS = ("status", "reason", "opened_at", "ended_at")


@transaction.atomic
def create_session(actor: Actor, *, course: Course, fields: SessionFields) -> Session:
    """Planned: seen by operators and its instructors only."""
    course = lock_course(course)
    rules.can_run_training(actor).require()
    if course.status == CourseStatus.ARCHIVED:
        raise Refused(conflict(_("This course is archived; publish it again first.")))
    rules.session_is_sound(course, fields).require()
    occasion = seats.open_occasion(
        actor, kind=OCCASION, admission=Admission.INSTANT, **times_of(course, fields)
    )
    pool = seats.open_pool(actor, occasion=occasion, code=POOL, capacity=fields.seats)
    session = Session(
        course=course,
        occasion=occasion,
        pool=pool,
        form=states.FORMS[course.kind],
        created_at=clock.now(),
    )
    fill_session(session, fields)
    session.save()
    _write_meetings(session, fields)
    _write_instructors(session, fields)
    audit.record(actor, "create_session", session, after=told_of(session, fields))
    return session


@transaction.atomic
def change_session(actor: Actor, *, session: Session, fields: SessionFields) -> Session:
    """Seats may grow at any time, and shrink to those that are taken and promised. When it moves,
    everybody who enrolled is told."""
    session = lock_session(session)
    rules.can_change_session(actor, session).require()
    rules.session_is_sound(session.course, fields).require()
    before = {name: getattr(session, name) for name in MOVED}
    hours = list(session.meetings.order_by("position").values_list("starts_at", "ends_at"))
    fill_session(session, fields)
    session.save()
    if hours != sorted(fields.meetings):
        with refusing(SOMEBODY_IS_THERE):
            session.meetings.all().delete()
        _write_meetings(session, fields)
    _write_instructors(session, fields)
    times = times_of(session.course, fields)
    session.occasion = seats.change_occasion(actor, occasion=session.occasion, **times)
    if session.pool.capacity != fields.seats:
        session.pool = seats.resize_pool(actor, pool=session.pool, capacity=fields.seats)
    audit.record(actor, "change_session", session, after=told_of(session, fields))
    has_moved = any(getattr(session, name) != value for name, value in before.items())
    if session.opened_at and (has_moved or hours != sorted(fields.meetings)):
        movers.tell_moved(session)
    return session


@transaction.atomic
def change_room(actor: Actor, *, session: Session, place: str) -> Session:
    """Another venue, or another link of the live room, by who teaches: everybody who enrolled is
    told, also while it runs."""
    session = lock_session(session)
    rules.can_change_room(actor, session).require()
    rules.room_is_sound(session, place).require()
    name = "venue" if session.form == SessionForm.OFFLINE else "link"
    before = getattr(session, name)
    if before == place.strip():
        return session
    setattr(session, name, place.strip())
    session.save(update_fields=[name])
    audit.record(
        actor, "change_room", session, before={"place": before}, after={"place": place.strip()}
    )
    movers.tell_moved(session)
    return session


@transaction.atomic
def open_session(actor: Actor, *, session: Session) -> Session:
    """Everybody sees it; enrolling opens by its clock."""
    session = lock_session(session)
    rules.can_open_session(actor, session, clock.now()).require()
    session.opened_at = clock.now()
    change_status(actor, session, SessionStatus.OPEN, "open_session")
    return session


@transaction.atomic
def cancel_session(actor: Actor, *, session: Session, why: str) -> Session:
    """It does not take place: every seat is given back, and everybody is told why."""
    session = lock_session(session)
    rules.can_cancel_session(actor, session, why).require()
    session.reason = why.strip()
    change_status(actor, session, SessionStatus.CANCELLED, "cancel_session")
    seats.close_occasion(actor, occasion=session.occasion, why=session.reason)
    return session


def sweep_sessions(actor: Actor) -> int:
    """What the calendar does: a session begins, enrolling ends, it is over. How many moved."""
    now, moved = clock.now(), 0
    begun = Session.objects.filter(status=SessionStatus.OPEN, starts_at__lte=now)
    for session in begun.order_by("pk"):
        moved += _begin(actor, session)
    full = Session.objects.filter(
        status=SessionStatus.RUNNING, joins_until__lte=now, occasion__closed_at=None
    )
    for session in full.order_by("pk"):
        moved += _close(actor, session)
    over = Session.objects.filter(status=SessionStatus.RUNNING, ends_at__lte=now)
    for session in over.order_by("pk"):
        moved += _end(actor, session)
    return moved


@transaction.atomic
def lived_through(actor: Actor, *, session: Session) -> Session:
    """Every step of the calendar that is still to come until now, each at its own moment. For
    history; nobody is told."""
    rules.can_bring_in_bulk(actor).require()
    for moment in sorted({session.starts_at, session.joins_until, session.ends_at}):
        if moment <= clock.now():
            with clock.standing_at(moment):
                _begin(actor, session)
                _close(actor, session)
                _end(actor, session)
    return lock_session(session)


@transaction.atomic
def _begin(actor: Actor, session: Session) -> int:
    session = lock_session(session)
    if session.status != SessionStatus.OPEN or session.starts_at > clock.now():
        return 0
    change_status(actor, session, SessionStatus.RUNNING, "session_is_running")
    return 1


@transaction.atomic
def _close(actor: Actor, session: Session) -> int:
    """Nobody joins any more; who still waits is told that there was no seat."""
    session = lock_session(session)
    is_over = session.joins_until <= clock.now() and session.occasion.closed_at is None
    if session.status != SessionStatus.RUNNING or not is_over:
        return 0
    seats.begin_occasion(actor, occasion=session.occasion, why=str(_(NO_SEAT)))
    return 1


@transaction.atomic
def _end(actor: Actor, session: Session) -> int:
    session = lock_session(session)
    if session.status != SessionStatus.RUNNING or session.ends_at > clock.now():
        return 0
    seats.end_occasion(actor, occasion=session.occasion)
    change_status(actor, session, SessionStatus.DONE, "session_is_done")
    return 1


# --- shared ---------------------------------------------------------------------------------------


def lock_session(session: Session) -> Session:
    rows = Session.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("course", "occasion", "pool", "city").get(pk=session.pk)


def change_status(actor: Actor, session: Session, status: SessionStatus, verb: str) -> None:
    if status not in states.SESSION_TRANSITIONS[session.status]:
        raise Refused(conflict(_("This is not possible in the session's present state.")))
    before, session.status = session.status, status
    if status in {SessionStatus.DONE, SessionStatus.CANCELLED}:
        session.ended_at = clock.now()
    session.save(update_fields=FACTS)
    audit.record(
        actor,
        verb,
        session,
        before={"status": before},
        after={"status": status},
        why=session.reason,
    )


def fill_session(session: Session, fields: SessionFields) -> None:
    for name in OWN:
        value = getattr(fields, name)
        setattr(session, name, value.strip() if isinstance(value, str) else value)
    session.starts_at, session.ends_at = span_of(fields)


def _write_meetings(session: Session, fields: SessionFields) -> None:
    Meeting.objects.bulk_create(
        Meeting(session=session, position=place, starts_at=starts, ends_at=ends)
        for place, (starts, ends) in enumerate(sorted(fields.meetings), start=1)
    )


def _write_instructors(session: Session, fields: SessionFields) -> None:
    wanted = set(fields.instructors)
    if User.objects.filter(pk__in=wanted, is_active=True).count() != len(wanted):
        raise Refused(flawless([Flaw("instructors", _("Choose from the people there are."))]))
    session.instructors.exclude(user__in=wanted).delete()
    known = set(session.instructors.values_list("user", flat=True))
    Instructor.objects.bulk_create(
        Instructor(session=session, user_id=key) for key in sorted(wanted - known)
    )


def times_of(course: Course, fields: SessionFields) -> dict[str, Any]:
    """An offer hurries in the last day. Freed seats are offered until it begins, and on as long as
    one may still join."""
    starts, _ends = span_of(fields)
    last: datetime = max(fields.joins_until, starts)
    return {
        "title": course.title_zh,
        "opens_at": fields.opens_at,
        "closes_at": fields.joins_until,
        "hurry_from": starts - HURRY,
        "offers_until": last,
        "offer_minutes": fields.offer_hours * 60,
    }


def told_of(session: Session, fields: SessionFields) -> dict[str, Any]:
    return {
        "course": session.course.code,
        "starts_at": session.starts_at,
        "ends_at": session.ends_at,
        "place": session.venue or session.link,
        "seats": fields.seats,
        "meetings": len(fields.meetings),
    }
