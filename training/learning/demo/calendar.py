"""The year's plan as days: what is held when, this year and, as far as a rating looks back, the
year before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count
from random import Random

from portal.core import clock
from portal.parties.demo import World
from training.courses.fields import SessionFields
from training.courses.models import Course
from training.courses.states import CourseKind

YEARLY = {  # sessions that were announced for a year
    CourseKind.LIVE: 20,
    CourseKind.OFFLINE: 15,
    CourseKind.MEETUP: 12,
    CourseKind.OPEN: 40,
}
SEATS = {  # of a whole world
    CourseKind.LIVE: 150,
    CourseKind.OFFLINE: 60,
    CourseKind.MEETUP: 40,
    CourseKind.OPEN: 180,
}
FEWEST = 6
SINCE = timedelta(days=400)  # what began before is not told
OPENS = {CourseKind.LIVE: 21, CourseKind.OFFLINE: 35, CourseKind.MEETUP: 28}  # days before
EVENING, MORNING, AFTERNOON = time(19, 30), time(9, 30), time(14)
AN_EVENING, A_HALF_DAY = timedelta(minutes=60), timedelta(minutes=180)
OPEN_DAYS = 150
CANCELLED = "offline:3"  # its venue was closed for repairs; another was held instead
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Planned:
    """`place`: its number in its year and kind."""

    kind: CourseKind
    day: date
    place: int
    course: Course
    is_cancelled: bool = False

    @property
    def name(self) -> str:
        """Of its stream of chance: the same in every load of a year."""
        return f"course:{self.kind.value}:{self.day.year}:{self.place}:{self.is_cancelled}"


def calendar(world: World) -> list[Planned]:
    """By kind and day. Courses take turns, in the order of their codes; of those that ask for
    others, the later ones of a year."""
    rows = list(Course.objects.published().order_by("code").prefetch_related("prerequisites"))
    found: list[Planned] = []
    for kind in CourseKind:
        courses = [row for row in rows if row.kind == kind]
        courses.sort(key=lambda row: len(row.prerequisites.all()))
        for year in (world.today.year - 1, world.today.year) if courses else ():
            found += _year(kind, year, courses)
    return [one for one in found if one.day > world.today - SINCE]


def _year(kind: CourseKind, year: int, courses: list[Course]) -> Iterator[Planned]:
    first, number = date(year, 1, 8), YEARLY[kind]
    for place in range(number):
        day = _weekday(first + timedelta(days=place * 352 // number))
        course = courses[place % len(courses)]
        yield Planned(kind, day, place, course)
        if f"{kind.value}:{place}" == CANCELLED:
            yield Planned(kind, _weekday(day + 9 * DAY), place, course, is_cancelled=True)


def _weekday(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))


def fields_of(
    world: World, one: Planned, scale: float, instructors: tuple[int, ...]
) -> SessionFields:
    seats = max(FEWEST, round(SEATS[one.kind] * scale))
    if one.kind == CourseKind.OPEN:
        return _open_fields(one, seats, instructors)
    return _held_fields(world, one, seats, instructors)


def _open_fields(one: Planned, seats: int, instructors: tuple[int, ...]) -> SessionFields:
    begins, ends = _at(one.day, time(9)), _at(one.day + OPEN_DAYS * DAY, time(22))
    return SessionFields(
        opens_at=begins,
        starts_at=begins,
        ends_at=ends,
        joins_until=ends - 14 * DAY,
        cancels_until=ends,
        finishes_until=ends,
        seats=seats,
        instructors=instructors,
    )


def _held_fields(
    world: World, one: Planned, seats: int, instructors: tuple[int, ...]
) -> SessionFields:
    meetings = list(_meetings(one))
    starts, ends = meetings[0][0], meetings[-1][1]
    is_live = one.kind == CourseKind.LIVE
    random = Random(one.name)
    named = sorted(world.cities, key=lambda city: city.code)  # in no order of keys
    cities = Random("course cities").sample(named, len(named))
    city = cities[(one.place * 2 + (one.kind == CourseKind.MEETUP)) % len(cities)]
    return SessionFields(
        opens_at=_at(one.day - OPENS[one.kind] * DAY, time(10)),
        joins_until=starts + timedelta(minutes=30) if is_live else starts,
        cancels_until=starts - DAY if is_live else starts - 3 * DAY,
        finishes_until=ends + 7 * DAY,
        seats=seats,
        meetings=meetings,
        city_id=None if is_live else city.pk,
        venue="" if is_live else f"{city.name_zh}电商培训中心 {random.randint(2, 6)} 楼",
        link=f"https://meeting.example.com/courses/{one.day:%m%d}" if is_live else "",
        instructors=instructors,
    )


def _meetings(one: Planned) -> Iterator[tuple[datetime, datetime]]:
    """Live ones on evenings two days apart, those on site by half days."""
    left = timedelta(minutes=one.course.planned_minutes)
    for turn in count():
        if not left:
            return
        if one.kind == CourseKind.LIVE:
            starts, length = _at(one.day + 2 * turn * DAY, EVENING), min(left, AN_EVENING)
        else:
            hour = AFTERNOON if turn % 2 or one.kind == CourseKind.MEETUP else MORNING
            starts, length = _at(one.day + turn // 2 * DAY, hour), min(left, A_HALF_DAY)
        yield starts, starts + length
        left -= length


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, clock.SHANGHAI)
