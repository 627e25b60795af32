"""How the demo's learners did in quizzes and practical works: most pass, some again, some not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from django.db.models import Count

from portal.parties.demo import DEMO, World
from portal.seats.states import ClaimStatus
from training.assessment import services
from training.assessment.demo.assignments import Told, assignments, markers
from training.assessment.services import Handed, Tried
from training.courses.models import Lesson
from training.engine.marking import Agreed, agree
from training.learning.models import Enrolment, LessonProgress
from training.learning.services import last_lessons

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
SLIPS = ((0, 38), (1, 34), (2, 18), (3, 10))  # questions answered wrongly, how often
AGAIN = 0.85  # of those who failed
APART, FAR = 0.12, 22  # of works are marked so differently that a third one marks; how far
LEVELS = ((14, 3), (8, 5), (3, 3), (-9, 1))  # percent above what passes, how often
POOR = 3  # percent above, and what is below
WANDERS = 0.06  # of a criterion's points
Marked = tuple[int, Sequence[int], str, datetime]


def examine(world: World, made: Sequence[Enrolment]) -> Mapping[UUID, datetime]:
    """When each that was examined ended with it."""
    ready = list(_ready(made))
    quizzes = [pair for pair in ready if pair[0].session.course.needs_quiz]
    works = [pair for pair in ready if pair[0].session.course.needs_assignment]
    tried = [row for place, pair in enumerate(quizzes) for row in _tries(world, place, *pair)]
    services.bring_attempts(DEMO, tried=tried)
    who = markers() if works else []
    handed = [row for place, pair in enumerate(works) for row in _works(world, place, who, *pair)]
    services.bring_works(DEMO, handed=handed)
    ends = {row.enrolment.pk: row.submitted_at for row in tried}
    for row in handed:
        marked_at = max(at for *_rest, at in row.marks)
        ends[row.enrolment.pk] = max(marked_at, ends.get(row.enrolment.pk, marked_at))
    return ends


def _ready(made: Sequence[Enrolment]) -> Iterator[tuple[Enrolment, datetime]]:
    """Who was there to the end, or read every lesson, and since when."""
    there = [one for one in made if one.claim.status == ClaimStatus.PRESENT]
    own = [one for one in there if one.session.is_own_pace]
    moments = last_lessons(own)
    asked = dict(Lesson.objects.order_by().values_list("course").annotate(Count("pk")))
    rows = LessonProgress.objects.filter(
        enrolment__in=[one.pk for one in own], done_at__isnull=False
    )
    done = dict(rows.order_by().values_list("enrolment").annotate(Count("pk")))
    for one in there:
        if not one.session.is_own_pace:
            yield one, one.session.ends_at
        elif done.get(one.pk) == asked[one.session.course_id]:
            yield one, moments[one.pk]


def _random(what: str, place: int, one: Enrolment) -> Random:
    """Of the place among those who were examined with it: no key decides."""
    return Random(f"{what}:{one.session.course.code}:{one.session.starts_at}:{place}")


def _tries(world: World, place: int, one: Enrolment, at: datetime) -> Iterator[Tried]:
    random = _random("quiz", place, one)
    last = min(world.dawn, one.session.finishes_until)
    for number in (1, 2):
        started = at + HOUR * random.randint(1, 20)
        ended = started + MINUTE * random.randint(6, 18)
        if ended >= last:
            return
        slips, odds = zip(*SLIPS, strict=True)
        slipped = random.choices(slips, odds)[0] if number == 1 else random.choice((0, 0, 1, 1, 2))
        wrong = frozenset(random.sample(range(1, 6), slipped))
        seed = f"{random.random()}"
        key = UUID(int=random.getrandbits(128), version=4)
        yield Tried(one, number, started, ended, seed, wrong, id=key)
        if slipped < 2 or random.random() > AGAIN:
            return
        at = ended + 24 * HOUR


def _works(
    world: World, place: int, who: Sequence[int], one: Enrolment, at: datetime
) -> Iterator[Handed]:
    """Again where it did not pass and time is left."""
    random = _random("work", place, one)
    told = assignments()[one.session.course.code]
    aboves, odds = zip(*LEVELS, strict=True)
    for number in (1, 2):
        handed_at = at + HOUR * random.randint(6, 90)
        marked_at = handed_at + HOUR * random.randint(20, 70)
        if handed_at >= one.session.finishes_until or marked_at + 60 * HOUR >= world.dawn:
            return
        above = random.choices(aboves, odds)[0] if number == 1 else LEVELS[1][0]
        marks = _marks(random, told, who, above, marked_at)
        text = told.good[0] if above > POOR else told.poor[0]
        key = UUID(int=random.getrandbits(128), version=4)
        yield Handed(one, number, text, handed_at, marks, id=key)
        at = marks[-1][-1]
        agreed = _agreed(told, marks)
        if agreed is None or agreed.passes:
            return


def _marks(
    random: Random, told: Told, who: Sequence[int], above: int, at: datetime
) -> list[Marked]:
    """Of two, or of three where they are too far apart."""
    fell = FAR if random.random() < APART else 0
    words = told.good[1] if above > POOR else told.poor[1]
    marks: list[Marked] = [
        (who[0], _points(random, told, above), words[0], at),
        (who[1], _points(random, told, above - fell), words[1], at + 3 * HOUR),
    ]
    if _agreed(told, marks) is None:
        third = _points(random, told, above - FAR // 2)
        marks.append((who[2], third, words[1], at + 50 * HOUR))
    return marks


def _agreed(told: Told, marks: Sequence[Marked]) -> Agreed | None:
    totals = [sum(points) for _who, points, _words, _at in marks]
    return agree(totals, told.most, apart=told.apart, least=told.pass_mark)


def _points(random: Random, told: Told, above: int) -> list[int]:
    """So many percent above the pass mark, a little more or less for each criterion."""
    share = (told.pass_mark + above) / 100
    return [
        max(0, min(most, round(most * (share + random.uniform(-WANDERS, WANDERS)))))
        for _zh, _en, most in told.criteria
    ]
