"""The order of the catalogue: what somebody can join now, the soonest first; then what is begun at
one's own pace, the newest first; then what is full or opens later, by its day; then the rest.

All of it is one moment, the turn, so that one key pages through it: each part stands in an age of
its own, far from the others.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import (
    Case,
    DateTimeField,
    Expression,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from portal.core import clock
from training.courses import states
from training.courses.models import CourseQuerySet, Session
from training.courses.states import SessionForm

SINCE = datetime(2000, 1, 1, tzinfo=UTC)
OWN_PACE = datetime(4000, 1, 1, tzinfo=UTC)
LATER = timedelta(days=4000 * 365)  # from its day on
LATE = datetime(5000, 1, 1, tzinfo=UTC)  # what has its day stands behind this
NEVER = datetime(9000, 1, 1, tzinfo=UTC)
FIRST_PART = datetime(3000, 1, 1, tzinfo=UTC)


def joinable() -> QuerySet[Any]:
    """Sessions that take enrolments, at once or from their hour on, with their turn."""
    now = clock.now()
    takes = Q(occasion__opens_at__lte=now, pool__is_closed=False)
    takes &= Q(pool__capacity__gt=F("pool__taken") + F("pool__held"))
    turn = Case(
        When(takes & Q(form=SessionForm.OPEN, starts_at__lte=now), then=Value(OWN_PACE)),
        When(takes, then=F("starts_at")),
        default=_moment(F("starts_at") + Value(LATER)),
        output_field=DateTimeField(),
    )
    rows = Session.objects.filter(status__in=states.AHEAD, joins_until__gt=now)
    return rows.annotate(turn=turn)


def in_turn(courses: CourseQuerySet, kind: str) -> CourseQuerySet:
    """With `turn`; `kind`: of the party that looks for a course, where it is one: what is not for
    it is the rest."""
    first = joinable().filter(course=OuterRef("pk")).order_by("turn", "pk").values("turn")[:1]
    age: Expression = Coalesce(Subquery(first), Value(NEVER), output_field=DateTimeField())
    if kind:
        age = Case(When(audience__contains=[kind], then=age), default=Value(NEVER))
    newest = Value(SINCE) - F("published_at")
    return courses.annotate(age=age).annotate(
        turn=Case(
            When(age__in=[OWN_PACE, NEVER], then=_moment(F("age") + newest)),
            default=F("age"),
            output_field=DateTimeField(),
        )
    )


def _moment(expression: Expression) -> Expression:
    return ExpressionWrapper(expression, output_field=DateTimeField())


def part_of(turn: datetime) -> str:
    """The title of the part of the catalogue that a turn belongs to."""
    if turn < FIRST_PART:
        return _("To join now, the soonest first")
    if turn < LATE:
        return _("At your own pace, from today on")
    return _("Full, later, or not planned yet")
