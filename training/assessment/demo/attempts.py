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
from training.assessment.demo.bank import CRITERIA, markers
from training.assessment.services import Handed, Tried
from training.courses.models import Lesson
from training.learning.models import Enrolment, LessonProgress
from training.learning.services import last_lessons

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
SLIPS = ((0, 38), (1, 34), (2, 18), (3, 10))  # questions answered wrongly, how often
AGAIN = 0.85  # of those who failed
APART = 0.12  # of works are marked so differently that a third one marks
GOOD, FAIR = (
    "镜头清楚，演示先于说法，检查单能直接用。",
    "结构完整；口令再短一些，应急卡写上谁能定。",
)
TEXT = (
    "一、安排：全景 6 秒、手部 8 秒、细节 8 秒、使用 12 秒、结果 6 秒。\n"
    "二、灯光：主灯在左前 45 度，右侧白板补光，背景离品一米。\n"
    "三、有争议的一句：“怎么洗都不变形”，改为“机洗二十次后的样子在这里”，并标出洗涤条件。"
)


def examine(world: World, made: Sequence[Enrolment]) -> Mapping[UUID, datetime]:
    """When each that was examined ended with it."""
    quizzes = [(one, at) for one, at in _ready(made) if one.session.course.needs_quiz]
    works = [(one, at) for one, at in _ready(made) if one.session.course.needs_assignment]
    tried = [row for place, pair in enumerate(quizzes) for row in _tries(world, place, *pair)]
    services.bring_attempts(DEMO, tried=tried)
    who = markers() if works else []
    handed = [row for place, pair in enumerate(works) for row in _works(world, place, who, *pair)]
    services.bring_works(DEMO, handed=handed)
    ends = {row.enrolment.pk: row.submitted_at for row in tried}
    for row in handed:
        ends[row.enrolment.pk] = max(at for *_rest, at in row.marks)
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
    random = _random("work", place, one)
    handed_at = at + HOUR * random.randint(6, 90)
    marked_at = handed_at + HOUR * random.randint(20, 70)
    if marked_at + 60 * HOUR >= min(world.dawn, one.session.finishes_until + 9 * 24 * HOUR):
        return
    if handed_at >= one.session.finishes_until:
        return
    level = random.choices((18, 16, 14, 11), (3, 5, 3, 1))[0]
    first = _points(random, level)
    is_apart = random.random() < APART
    second = _points(random, level - 5 if is_apart else level)
    marks = [(who[0], first, GOOD, marked_at), (who[1], second, FAIR, marked_at + 3 * HOUR)]
    if abs(sum(first) - sum(second)) > 15:
        marks.append((who[2], _points(random, level - 2), FAIR, marked_at + 50 * HOUR))
    key = UUID(int=random.getrandbits(128), version=4)
    yield Handed(one, 1, TEXT, handed_at, marks, id=key)


def _points(random: Random, level: int) -> list[int]:
    return [min(most, max(0, level + random.randint(-2, 2))) for _zh, _en, most in CRITERIA]
