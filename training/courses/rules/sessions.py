"""Who runs and teaches sessions, and what makes one sound."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.verdict import (
    ALLOWED,
    Flaw,
    Verdict,
    conflict,
    flawless,
    flaws_of_lines,
    forbidden,
    unmet,
)
from training.courses import states
from training.courses.fields import SessionFields
from training.courses.models import Course, Session
from training.courses.rules.courses import can_run_training
from training.courses.states import CourseStatus, SessionForm, SessionStatus

MOST_WORDS = 300
MOST_SEATS = 20_000
MOST_MEETINGS = 60


def can_teach(actor: Actor, session: Session) -> Verdict:
    """Its instructors, and who runs the training."""
    if can_run_training(actor):
        return ALLOWED
    if actor.user_id and session.instructors.filter(user=actor.user_id).exists():
        return ALLOWED
    return forbidden(_("Only its instructors do this."))


def can_change_session(actor: Actor, session: Session) -> Verdict:
    if not (verdict := can_run_training(actor)):
        return verdict
    if session.status not in states.BEFORE:
        return conflict(_("This session has begun or ended; it can no longer be changed."))
    return ALLOWED


def can_change_room(actor: Actor, session: Session) -> Verdict:
    """Who teaches it, while it is open or runs; its times are the operators'."""
    if not (verdict := can_teach(actor, session)):
        return verdict
    if session.status not in states.AHEAD or session.form == SessionForm.OPEN:
        return conflict(_("This session has no room to change."))
    return ALLOWED


def room_is_sound(session: Session, place: str) -> Verdict:
    """`place`: the venue on site, the link of a live room."""
    if session.form == SessionForm.OFFLINE:
        if 1 <= len(place.strip()) <= 80 and len(place.strip().splitlines()) == 1:
            return ALLOWED
        return flawless([Flaw("place", _("Say where it takes place."))])
    if place.strip().startswith("https://") and len(place.strip()) <= 300:
        return ALLOWED
    return flawless([Flaw("place", _("Write an address that begins with https://."))])


def can_open_session(actor: Actor, session: Session, now: datetime) -> Verdict:
    if not (verdict := can_run_training(actor)):
        return verdict
    if SessionStatus.OPEN not in states.SESSION_TRANSITIONS[session.status]:
        return conflict(_("This session is open already."))
    if session.course.status != CourseStatus.PUBLISHED:
        return conflict(_("Publish the course first."))
    if now >= session.joins_until:
        return unmet(_("Enrolling would be over already; move its times first."))
    if session.form == SessionForm.LIVE and not session.link:
        return unmet(_("Give the link of the live room first."))
    return ALLOWED


def may_cancel_session(actor: Actor, session: Session) -> Verdict:
    """Whatever the reason."""
    if not (verdict := can_run_training(actor)):
        return verdict
    if SessionStatus.CANCELLED not in states.SESSION_TRANSITIONS[session.status]:
        return conflict(_("This session can no longer be cancelled."))
    return ALLOWED


def can_cancel_session(actor: Actor, session: Session, why: str) -> Verdict:
    if not (verdict := may_cancel_session(actor, session)):
        return verdict
    if not 1 <= len(why.strip()) <= MOST_WORDS:
        return unmet(_("Say why, in up to 300 characters."))
    return ALLOWED


def session_is_sound(course: Course, fields: SessionFields) -> Verdict:
    return flawless(flaws_of_session(course, fields))


def flaws_of_session(course: Course, fields: SessionFields) -> Iterator[Flaw]:
    yield from flaws_of_lines(fields, "venue", "link")
    form = states.FORMS[course.kind]
    yield from _flaws_of_place(form, fields)
    if not 1 <= fields.seats <= MOST_SEATS:
        yield Flaw("seats", _("From 1 to 20,000 seats."))
    if not 1 <= fields.most_per_party <= 1_000:
        yield Flaw("most_per_party", _("From 1 to 1,000 seats of one party."))
    if not 1 <= fields.offer_hours <= 168:
        yield Flaw("offer_hours", _("From 1 to 168 hours."))
    own_pace = form == SessionForm.OPEN
    flaws = list(_flaws_of_span(fields) if own_pace else _flaws_of_meetings(fields))
    yield from flaws
    if not flaws:
        yield from _flaws_of_times(fields)


def span_of(fields: SessionFields) -> tuple[datetime, datetime]:
    """From its first moment to its last; of fields that are sound."""
    if fields.meetings:
        return min(fields.meetings)[0], max(end for _start, end in fields.meetings)
    if fields.starts_at is None or fields.ends_at is None:
        raise ValueError("a session without planned hours says when it begins and ends")
    return fields.starts_at, fields.ends_at


def _flaws_of_place(form: SessionForm, fields: SessionFields) -> Iterator[Flaw]:
    if form == SessionForm.OFFLINE:
        if fields.city_id is None:
            yield Flaw("city_id", _("Say in which city it takes place."))
        if not 1 <= len(fields.venue.strip()) <= 80:
            yield Flaw("venue", _("Say where it takes place."))
        if fields.link.strip():
            yield Flaw("link", _("A session on site has no link."))
        return
    if fields.city_id is not None or fields.venue.strip():
        yield Flaw("venue", _("Only a session on site has a place."))
    if fields.link.strip() and not fields.link.strip().startswith("https://"):
        yield Flaw("link", _("Write an address that begins with https://."))


def _flaws_of_span(fields: SessionFields) -> Iterator[Flaw]:
    if fields.meetings:
        yield Flaw("meetings", _("At one's own pace there are no planned hours."))
    elif fields.starts_at is None:
        yield Flaw("starts_at", _("Say when it begins."))
    elif fields.ends_at is None or fields.ends_at <= fields.starts_at:
        yield Flaw("ends_at", _("It ends after it begins."))


def _flaws_of_meetings(fields: SessionFields) -> Iterator[Flaw]:
    if not 1 <= len(fields.meetings) <= MOST_MEETINGS:
        yield Flaw("meetings", _("Plan from 1 to 60 meetings."))
        return
    rows = sorted(fields.meetings)
    if any(end <= start for start, end in rows):
        yield Flaw("meetings", _("Each meeting ends after it begins."))
    elif any(one[1] > other[0] for one, other in itertools.pairwise(rows)):
        yield Flaw("meetings", _("Two meetings of a session do not overlap."))


def _flaws_of_times(fields: SessionFields) -> Iterator[Flaw]:
    starts, ends = span_of(fields)
    if fields.joins_until <= fields.opens_at:
        yield Flaw("joins_until", _("Enrolling ends after it opens."))
    if fields.opens_at > starts:
        yield Flaw("opens_at", _("Enrolling opens before the session begins."))
    if fields.joins_until > ends:
        yield Flaw("joins_until", _("Nobody enrols when it is over."))
    if fields.cancels_until > ends:
        yield Flaw("cancels_until", _("Nobody gives up a seat when it is over."))
    if fields.finishes_until < ends:
        yield Flaw("finishes_until", _("What is left can be finished until the end at least."))
