"""What the people of the guide learn themselves: each has completed a course and holds its
certificate, and is in the middle of another. Seats in what is to come they have with the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from portal.core import outbox
from portal.parties.demo import DEMO, World, demo_user
from portal.parties.models import Membership
from portal.seats.states import ClaimStatus
from training.assessment import services
from training.assessment.services import Tried
from training.courses.models import Lesson, Session
from training.courses.states import SessionForm, SessionStatus
from training.learning.models import Enrolment
from training.learning.services import (
    Enrolled,
    Person,
    bring_learners,
    bring_many,
    settle_brought,
)
from training.learning.states import Outcome

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LEARNED, BEGAN = 18 * DAY, 9 * DAY  # ago, at least
HOLDS = 290 * DAY  # at most: its certificate is not to be renewed yet
S = ClaimStatus


@dataclass(frozen=True, slots=True)
class Wish:
    """Courses somebody of the guide would take first, by their codes."""

    login: str
    done: str
    begun: str


WISHES = (
    Wish("provider", "plan-closing violations-and-appeals", "after-sales-basics privacy-basics"),
    Wish("provider-manager", "violations-and-appeals privacy-basics", "renewal clients-growth"),
    Wish("merchant", "onboarding-kyc after-sales-basics", "product-page after-sales-basics"),
    Wish("creator", "creator-compliance privacy-basics", "creator-money copyright-basics"),
    Wish("agency", "agency-contracts creator-compliance", "agency-delivery sample-management"),
    Wish(
        "agency-manager", "creator-compliance privacy-basics", "sample-management agency-contracts"
    ),
)


@dataclass(frozen=True, slots=True)
class Place:
    """A seat in a session for one of them, with what they did so far. `tried`: the quiz's end."""

    person: Person
    session: Session
    steps: Sequence[tuple[ClaimStatus, datetime]]
    lessons: Sequence[tuple[Lesson, datetime, datetime | None]] = ()
    tried: datetime | None = None


@transaction.atomic
def make_own_learning(world: World) -> None:
    """After everybody else's sessions: of the seats that are left."""
    rooms = _Rooms(world)
    places = [place for wish in WISHES for place in _of(rooms, wish)]
    learners = bring_learners(DEMO, people=[one.person for one in places])
    random = Random("learning of the guide")
    told = [
        Enrolled(learner, one.steps, lessons=one.lessons, id=_key(random))
        for learner, one in zip(learners, places, strict=True)
    ]
    sessions = [one.session for one in places]
    with outbox.born_delivered():
        made = bring_many(DEMO, enrolled=list(zip(sessions, told, strict=True)))
        tried = list(_tries(made, places, random))
        services.bring_attempts(DEMO, tried=tried)
        ends = {one.enrolment.pk: one.submitted_at for one in tried}
        settle_brought(DEMO, enrolments=made, at=world.dawn, ended_at=lambda one: ends[one.pk])


def _key(random: Random) -> UUID:
    return UUID(int=random.getrandbits(128), version=4)


def _tries(made: Sequence[Enrolment], places: Sequence[Place], random: Random) -> Iterator[Tried]:
    """One question of five answered wrongly: that passes, and shows what an answer explains."""
    for one, place in zip(made, places, strict=True):
        if place.tried is not None:
            begun = place.tried - 11 * timedelta(minutes=1)
            seed, key = f"{random.random()}", _key(random)
            yield Tried(one, 1, begun, place.tried, seed, frozenset({2}), id=key)


def _of(rooms: _Rooms, wish: Wish) -> Iterator[Place]:
    member = Membership.objects.select_related("user", "party").get(user=demo_user(wish.login))
    person = Person(
        party_id=member.party_id,
        user_id=member.user_id,
        member_id=None,
        name=str(member.user),
        since=member.created_at,
    )
    own = Enrolment.objects.filter(learner__user=member.user_id)
    lately = Q(outcome=Outcome.COMPLETED, ended_at__gt=rooms.now - HOLDS)
    unfinished = Q(outcome=Outcome.NONE, claim__ended_at=None)
    known = set(own.filter(lately | unfinished).values_list("session__course", flat=True))
    # A seat that was given up stands in its session: nobody asks there twice.
    been = set(own.values_list("session", flat=True))
    kind = member.party.kind
    for find, first in ((rooms.begun, wish.begun), (rooms.completed, wish.done)):  # the rarer first
        fits = [
            one
            for one in rooms.rows
            if kind in one.course.audience and one.course_id not in known and one.pk not in been
        ]
        found = find(person, fits, first.split())
        if found is not None:
            known.add(found.session.course_id)
            yield found


class _Rooms:
    """Sessions with seats nobody waits for; what one of them takes is counted."""

    def __init__(self, world: World) -> None:
        self.now = world.dawn
        rows = Session.objects.whole().filter(pool__capacity__gt=F("pool__taken") + F("pool__held"))
        rows = rows.exclude(pool__claims__status__in=[S.WAITING, S.OFFERED])
        rows = rows.filter(form=SessionForm.OPEN, course__prerequisites=None).order_by(
            "course__code", "-starts_at"
        )
        self.rows = list(rows)
        self.taken: dict[int, int] = {}
        self.lessons: dict[int, list[Lesson]] = {}
        for lesson in Lesson.objects.order_by("course", "position"):
            self.lessons.setdefault(lesson.course_id, []).append(lesson)

    def completed(self, person: Person, rows: list[Session], first: list[str]) -> Place | None:
        """All lessons, then the quiz: a certificate that still holds for months."""
        fits = [
            one
            for one in rows
            if one.course.needs_quiz
            and not one.course.needs_assignment
            and one.course.certificate_months
            and self.now - HOLDS < one.starts_at < self.now - LEARNED
            and one.starts_at > person.since
        ]
        session = self._take(fits, first)
        if session is None:
            return None
        at = session.starts_at + DAY + 3 * HOUR
        lessons = [
            (lesson, at + 2 * place * DAY, at + 2 * place * DAY + lesson.minutes * HOUR / 60)
            for place, lesson in enumerate(self.lessons[session.course_id], start=1)
        ]
        steps = [(S.CONFIRMED, at), (S.PRESENT, lessons[0][1])]
        return Place(person, session, steps, lessons, tried=(lessons[-1][2] or at) + 20 * HOUR)

    def begun(self, person: Person, rows: list[Session], first: list[str]) -> Place | None:
        """One lesson done, the next one opened."""
        fits = [
            one
            for one in rows
            if one.status == SessionStatus.RUNNING and one.starts_at < self.now - BEGAN - DAY
        ]
        session = self._take(fits, first)
        if session is None:
            return None
        at = min(self.now - BEGAN, session.joins_until) - HOUR
        one, other, *_rest = self.lessons[session.course_id]
        read = at + 2 * DAY
        lessons = [(one, read, read + one.minutes * HOUR / 60), (other, read + 5 * DAY, None)]
        return Place(person, session, [(S.CONFIRMED, at), (S.PRESENT, read)], lessons)

    def _take(self, fits: list[Session], first: list[str]) -> Session | None:
        """Of the course named first of those there are, else any."""
        free = [one for one in fits if one.pool.free > self.taken.get(one.pool_id, 0)]
        ranked = sorted(free, key=lambda one: _rank(one.course.code, first))
        if not ranked:
            return None
        found = ranked[0]
        self.taken[found.pool_id] = self.taken.get(found.pool_id, 0) + 1
        return found


def _rank(code: str, first: list[str]) -> int:
    return first.index(code) if code in first else len(first)
