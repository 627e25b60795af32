"""What waits for a person: seats kept for them, hours to come, courses to finish or to teach."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from portal.core.actor import Actor
from portal.parties.rules import can_manage_party
from portal.seats.states import HOLDS
from training.courses import states
from training.courses.models import Lesson, Meeting
from training.learning.models import Enrolment, EnrolmentQuerySet, LessonProgress
from training.learning.states import Outcome

MOST = 20


def kept_seats(actor: Actor) -> EnrolmentQuerySet:
    """Seats that were offered: one's own, and of the party's people for who manages it."""
    if actor.user_id is None:
        return Enrolment.objects.none()
    whose = Q(learner__user=actor.user_id)
    if actor.party is not None and can_manage_party(actor, actor.party):
        whose |= Q(party=actor.party_id)
    rows = _told().filter(whose, claim__status__in=HOLDS)
    return rows.order_by("claim__due_at")[:MOST]


def meetings_ahead(actor: Actor, now: datetime, until: datetime) -> QuerySet[Meeting]:
    """The next hours of courses one has a seat in; `enrolment` is the seat's key."""
    seats = _own(actor).filter(outcome=Outcome.NONE)
    rows = _ahead(now, until).filter(session__enrolments__in=seats.values("pk"))
    rows = rows.annotate(enrolment=F("session__enrolments"))
    return rows.select_related("session__course").order_by("starts_at")[:MOST]


def ending_studies(actor: Actor, now: datetime, until: datetime) -> EnrolmentQuerySet:
    """What is not finished yet, and soon can no longer be."""
    rows = _own(actor).filter(outcome=Outcome.NONE, session__ends_at__lte=until)
    rows = rows.filter(session__finishes_until__gt=now, session__finishes_until__lte=until)
    return rows.order_by("session__finishes_until")[:MOST]


def begun_studies(actor: Actor, until: datetime) -> EnrolmentQuerySet:
    """The course whose lessons one read last, with `place`: the lesson to go on with. What ends
    before `until` is told of besides."""
    progress = LessonProgress.objects.filter(enrolment=OuterRef("pk"))
    done = LessonProgress.objects.filter(enrolment=OuterRef(OuterRef("pk")), done_at__isnull=False)
    left = Lesson.objects.filter(course=OuterRef("session__course"), is_required=True)
    left = left.exclude(pk__in=done.values("lesson")).order_by("position")
    rows = _own(actor).filter(outcome=Outcome.NONE, session__finishes_until__gt=until)
    rows = rows.annotate(
        read_at=Subquery(progress.order_by("-opened_at").values("opened_at")[:1]),
        place=Subquery(left.values("position")[:1]),
    )
    return rows.filter(read_at__isnull=False, place__isnull=False).order_by("-read_at")[:1]


def meetings_taught(actor: Actor, now: datetime, until: datetime) -> QuerySet[Meeting]:
    if actor.user_id is None:
        return Meeting.objects.none()
    rows = _ahead(now, until).filter(session__instructors__user=actor.user_id)
    return rows.select_related("session__course").order_by("starts_at")[:MOST]


def _ahead(now: datetime, until: datetime) -> QuerySet[Meeting]:
    return Meeting.objects.filter(
        session__status__in=states.AHEAD, ends_at__gt=now, starts_at__lte=until
    )


def _own(actor: Actor) -> EnrolmentQuerySet:
    if actor.user_id is None:
        return Enrolment.objects.none()
    return _told().seated().filter(learner__user=actor.user_id)


def _told() -> EnrolmentQuerySet:
    """With what a row of the workbench says, and no more."""
    return Enrolment.objects.select_related("claim", "learner", "session__course")
