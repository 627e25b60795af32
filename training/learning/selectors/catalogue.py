"""The catalogue: what is taught, for whom, when next, and how far oneself has come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from django.db.models import Q

from portal.core import clock
from portal.core.actor import Actor
from portal.parties.states import PartyKind
from portal.search.matching import entry_keys
from training.courses import states
from training.courses.findables import KIND
from training.courses.models import Course, CourseQuerySet, Session
from training.courses.states import CourseKind
from training.learning.models import Enrolment
from training.learning.selectors.turns import in_turn, joinable, part_of
from training.learning.states import Outcome

_FIVE_DAYS = timedelta(days=5)  # from the 28th into the next month


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for; `month`: the first moment of it, in which a session begins."""

    words: str = ""
    audience: str = ""
    kind: str = ""
    indicator: str = ""
    month: datetime | None = None

    @property
    def is_narrowed(self) -> bool:
        return bool(self.words or self.audience or self.kind or self.indicator or self.month)


@dataclass(frozen=True, slots=True)
class Card:
    """`next`: the first session with a free seat, else the first that can be waited for; `own`: the
    newest enrolment of this person, or their completion."""

    course: Course
    next: Session | None
    own: Enrolment | None

    @property
    def turn(self) -> datetime:
        """Of a course of the catalogue."""
        found: datetime = self.course.turn  # type: ignore[attr-defined]  # annotated
        return found


def courses_for(actor: Actor, wanted: Wanted) -> CourseQuerySet:
    """With `turn`, which is their order: what this person can join now is the first."""
    kind = actor.party.kind if actor.party else ""
    asked = wanted.audience if wanted.audience in PartyKind.values else kind
    rows = in_turn(Course.objects.published(), asked)
    if wanted.words:
        rows = rows.filter(pk__in=entry_keys(KIND, wanted.words))
    if wanted.audience in PartyKind.values:
        rows = rows.for_kind(wanted.audience)
    if wanted.kind in CourseKind.values:
        rows = rows.filter(kind=wanted.kind)
    if wanted.indicator:
        rows = rows.filter(indicators__contains=[wanted.indicator])
    if wanted.month is not None:
        rows = rows.filter(pk__in=_held_in(wanted.month))
    return rows


def _held_in(month: datetime) -> list[int]:
    until = (month.replace(day=28) + _FIVE_DAYS).replace(day=1)
    rows = Session.objects.filter(status__in=states.AHEAD)
    lasting = Q(starts_at__lt=until, ends_at__gt=month, form="open")
    beginning = Q(starts_at__gte=month, starts_at__lt=until) & ~Q(form="open")
    return list(rows.filter(lasting | beginning).values_list("course", flat=True).distinct())


def cards_of(actor: Actor, courses: Sequence[Course]) -> list[Card]:
    """Three queries, however many."""
    keys = [course.pk for course in courses]
    upcoming: dict[int, Session] = {}
    rows = joinable().filter(course__in=keys).select_related("pool", "city", "occasion")
    for session in rows.order_by("-turn", "-pk"):
        upcoming[session.course_id] = session
    own: dict[int, Enrolment] = {}
    for row in _own(actor, keys):
        own[row.session.course_id] = row
    return [Card(one, upcoming.get(one.pk), own.get(one.pk)) for one in courses]


def in_parts(cards: Sequence[Card]) -> list[tuple[str, list[Card]]]:
    """A page of the catalogue in the parts it shows, each with its title."""
    return [
        (title, list(rows)) for title, rows in groupby(cards, key=lambda one: part_of(one.turn))
    ]


def _own(actor: Actor, keys: Sequence[int]) -> list[Enrolment]:
    """The newest last, but whatever was completed after all others."""
    if actor.user_id is None:
        return []
    rows = Enrolment.objects.filter(learner__user=actor.user_id, session__course__in=keys)
    told = rows.filter(Q(claim__ended_at=None) | Q(outcome=Outcome.COMPLETED))
    found = list(told.select_related("claim", "session").order_by("claim__submitted_at"))
    return sorted(found, key=lambda row: row.outcome == Outcome.COMPLETED)


def month_of(text: str) -> datetime | None:
    """The first moment of a month such as 2026-12; None for what is no month."""
    try:
        return datetime.strptime(text, "%Y-%m").replace(tzinfo=clock.SHANGHAI)
    except ValueError:
        return None


def months_ahead(count: int = 6) -> list[datetime]:
    """The first moments of this month and of those that follow."""
    first = clock.now().astimezone(clock.SHANGHAI)
    first = first.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    months = [first]
    while len(months) < count:
        months.append((months[-1].replace(day=28) + _FIVE_DAYS).replace(day=1))
    return months


def sessions_of(actor: Actor, course: Course) -> list[Session]:
    """Those ahead: the next one with a free seat first, those that are full behind."""
    rows = Session.objects.visible_to(actor).filter(course=course, status__in=states.AHEAD)
    return sorted(rows.whole().order_by("starts_at", "pk"), key=lambda one: one.pool.is_full)
