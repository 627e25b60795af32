"""How each of a session's learners fared: came on time or late, left early, never came, gave the
seat back, waited in line; read all the lessons or some."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from portal.seats.states import ClaimStatus
from training.courses.models import Lesson, Meeting, Session
from training.learning.fields import PresenceFields
from training.learning.models import Learner
from training.learning.services import Enrolled

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
ANSWERS = timedelta(hours=30)
ABSENT, LATE, EARLY, MISSES_ONE = 0.07, 0.12, 0.06, 0.08
GAVE_BACK = 16  # one of so many
JOINED_LATE = 0.04
FINISHES, READS_SOME = 0.72, 0.2
S = ClaimStatus
Steps = list[tuple[ClaimStatus, datetime]]


@dataclass(frozen=True, slots=True)
class Told:
    """A session, how far it is lived, and what chance says of its people. `keen`: learners who come
    to all of it."""

    session: Session
    meetings: Sequence[Meeting]
    lessons: Sequence[Lesson]
    until: datetime
    random: Random
    keen: frozenset[int] = frozenset()


def lives_of(told: Told, learners: Sequence[Learner], seats: int) -> list[Enrolled]:
    """In the order in which they asked: the first `seats` of them have one, the others wait."""
    moments = _moments(told, len(learners), is_full=len(learners) > seats)
    lives = []
    gave_back = _gave_back(told, min(seats, len(learners)), is_full=len(learners) > seats)
    for place, (learner, at) in enumerate(zip(learners, moments, strict=True)):
        if place in gave_back:
            left = min(told.session.cancels_until, told.until) - HOUR * (1 + place % 5)
            lives.append(_life(told, learner, [(S.CONFIRMED, at), (S.WITHDRAWN, max(at, left))]))
        elif place < seats:
            lives.append(_seated(told, learner, [(S.CONFIRMED, at)]))
        elif place < seats + len(gave_back):  # what was given back goes to who is next
            lives.append(_moved_up(told, learner, at))
        else:
            lives.append(_waits(told, learner, at))
    return lives


def _moments(told: Told, count: int, *, is_full: bool) -> list[datetime]:
    """When they enrolled: most soon after it opened."""
    session, random = told.session, told.random
    opens = session.occasion.opens_at
    last = min(session.joins_until - HOUR, session.starts_at - HOUR, told.until - HOUR)
    if session.is_own_pace:
        last = min(session.joins_until, told.until) - HOUR
    span = max((last - opens).total_seconds(), 60.0)
    found = sorted(opens + timedelta(seconds=1 + span * random.random() ** 2) for _ in range(count))
    late = session.starts_at + 12 * MINUTE
    if not is_full and not session.is_own_pace and late < min(session.joins_until, told.until):
        number = round(count * JOINED_LATE)
        found[count - number :] = [late + n * MINUTE / 4 for n in range(number)]
    return found


def _gave_back(told: Told, seated: int, *, is_full: bool) -> set[int]:
    if told.until < told.session.occasion.opens_at + 48 * HOUR or told.session.is_own_pace:
        return set()
    first = 3 if is_full else GAVE_BACK // 2
    return set(range(first, seated, GAVE_BACK))


def _moved_up(told: Told, learner: Learner, at: datetime) -> Enrolled:
    """Waited, was offered what was given back, and took it up; before it begins has the offer."""
    offered = max(at, min(told.session.cancels_until, told.until - 5 * HOUR)) + 10 * MINUTE
    if told.session.starts_at > told.until + 2 * ANSWERS:
        steps = [(S.WAITING, at), (S.OFFERED, offered)]
        return _life(told, learner, steps, due_at=told.until + ANSWERS)
    taken = offered + 40 * MINUTE
    return _seated(told, learner, [(S.WAITING, at), (S.OFFERED, offered), (S.CONFIRMED, taken)])


def _waits(told: Told, learner: Learner, at: datetime) -> Enrolled:
    steps = [(S.WAITING, at)]
    if told.session.joins_until <= told.until:
        steps.append((S.EXPIRED, max(at, told.session.joins_until)))
    return _life(told, learner, steps)


def _seated(told: Told, learner: Learner, steps: Steps) -> Enrolled:
    if told.session.is_own_pace:
        return _reader(told, learner, steps)
    came = list(_presences(told, steps[-1][1], is_keen=learner.pk in told.keen))
    over = told.session.ends_at <= told.until
    if came:
        steps.append((S.PRESENT, max(steps[-1][1], came[0][1].arrived_at)))
    elif over:
        steps.append((S.ABSENT, told.session.ends_at))
    return _life(told, learner, steps, presences=came)


def _presences(
    told: Told, since: datetime, *, is_keen: bool
) -> Iterator[tuple[Meeting, PresenceFields]]:
    random = told.random
    if random.random() < ABSENT and not is_keen:
        return
    for meeting in told.meetings:
        if meeting.ends_at > told.until:
            continue
        if is_keen:
            yield meeting, PresenceFields(max(meeting.starts_at, since))
            continue
        if random.random() < MISSES_ONE:
            continue
        late = random.randint(12, 40) if random.random() < LATE else random.randint(-8, 4)
        arrived = max(meeting.starts_at + late * MINUTE, since)
        early = random.random() < EARLY
        left = meeting.ends_at - random.randint(15, 30) * MINUTE if early else None
        if arrived < (left or meeting.ends_at):
            yield meeting, PresenceFields(arrived, left)


def _reader(told: Told, learner: Learner, steps: Steps) -> Enrolled:
    """Lesson by lesson, some days apart, as far as they come."""
    random, lessons = told.random, list(told.lessons)
    fate = random.random()
    if fate > FINISHES:
        some = random.randrange(1, len(lessons)) if len(lessons) > 1 else 0
        lessons = lessons[:some] if fate < FINISHES + READS_SOME else []
    last = min(told.session.finishes_until, told.until)
    read: list[tuple[Lesson, datetime, datetime | None]] = []
    at = steps[-1][1]
    for lesson in lessons:
        at += timedelta(hours=random.randint(2, 96), minutes=random.randrange(60))
        done = at + timedelta(minutes=lesson.minutes + random.randint(-4, 9))
        if done >= last:
            break
        read.append((lesson, at, done))
    if read:
        steps.append((S.PRESENT, read[0][1]))
    elif told.session.ends_at <= told.until:
        steps.append((S.ABSENT, told.session.ends_at))
    return _life(told, learner, steps, lessons=read)


def _life(
    told: Told,
    learner: Learner,
    steps: Steps,
    *,
    presences: Sequence[tuple[Meeting, PresenceFields]] = (),
    lessons: Sequence[tuple[Lesson, datetime, datetime | None]] = (),
    due_at: datetime | None = None,
) -> Enrolled:
    return Enrolled(
        learner,
        steps,
        presences=presences,
        lessons=lessons,
        due_at=due_at,
        id=UUID(int=told.random.getrandbits(128), version=4),
    )
