"""What each rated party of the demo is like: drawn once from a stream of its own, so that a quarter
made later fits those made before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random

from portal.core import clock
from portal.evaluation import calendar

QUARTERS = 6  # rated officially
NUMBERS = range(-1, QUARTERS + 1)  # of periods; see `periods`
KNOWN_AFTER = timedelta(days=3)
SIZES = {"S": 64, "M": 28, "L": 8}
CLIENTS = {"S": (2, 4), "M": (5, 8), "L": (11, 18)}  # at once
YEARLY_YUAN = {"S": (1_500_000, 9_000_000), "M": (14e6, 90e6), "L": (120e6, 600e6)}
TALENTS = ("connection", "growth", "talent", "improvement", "health")
SECOND_SERVICE = 0.3  # of the clients, where there is one
# 云帆电商: quick to answer and liked, but its team is young and learns little.
CAST = {"connection": 1.3, "growth": 0.5, "talent": -0.9, "improvement": -0.5, "health": 0.9}


@dataclass(frozen=True, slots=True)
class Client:
    """A merchant served: by its place in the crowd, from one quarter to another (not counted)."""

    place: int
    service: int
    first: int
    last: int
    yearly_yuan: float
    growth: float  # of a year, as a natural logarithm


@dataclass(frozen=True, slots=True)
class Character:
    """`skill`: about −2 to 2, of each dimension; it drifts by `drift` in a quarter."""

    size: str
    services: tuple[int, ...]
    skill: Mapping[str, float]
    drift: Mapping[str, float]
    clients: Sequence[Client]
    heads: int

    def of(self, dimension: str, quarter: int) -> float:
        return self.skill[dimension] + self.drift[dimension] * quarter


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of history, and how many quarters it is."""

    number: int
    starts_on: date
    ends_on: date
    length: float = 1.0

    @property
    def days(self) -> int:
        return (self.ends_on - self.starts_on).days + 1

    @property
    def known_at(self) -> datetime:
        """When its facts were brought in."""
        return datetime.combine(self.ends_on + KNOWN_AFTER, time(3, 30), tzinfo=clock.SHANGHAI)

    @property
    def previewed_at(self) -> datetime:
        return self.known_at + timedelta(days=1)

    @property
    def official_at(self) -> datetime:
        """The morning after the last appeal was answered."""
        last = calendar.answers_end(clock.day_of(self.previewed_at))
        return datetime.combine(last + timedelta(days=1), time(10, tzinfo=clock.SHANGHAI))


def periods(today: date) -> dict[int, Period]:
    """By number: the last six whole quarters are 0 to 5, the whole months since, if any, are 6.
    While the last quarter is not rated officially yet, one more before them is -1. Months of which
    nothing could be known yet are left out."""
    end = calendar.last_month_end(today)
    if clock.day_of(Period(0, end, end).previewed_at) >= today:
        end = calendar.last_month_end(end)
    after = end + timedelta(1)
    begin = date(after.year, 3 * ((after.month - 1) // 3) + 1, 1)
    found = [_quarter(begin, number) for number in range(QUARTERS)]
    if clock.day_of(found[-1].official_at) >= today:
        found.insert(0, _quarter(begin, -1))
    if after > begin:
        found.append(Period(QUARTERS, begin, end, (after.month - begin.month) / 3))
    return {one.number: one for one in found}


def _quarter(begin: date, number: int) -> Period:
    """`begin`: of the quarter that runs."""
    first = _months_before(begin, 3 * (QUARTERS - number))
    return Period(number, first, _months_before(first, -3) - timedelta(1))


def _months_before(day: date, months: int) -> date:
    count = day.year * 12 + day.month - 1 - months
    return date(count // 12, count % 12 + 1, 1)


@cache
def character_of(number: int, services: tuple[int, ...], crowd: int) -> Character:
    """`number` 0 is the provider of the guide; `crowd`: how many merchants there are."""
    random = Random(f"character:{number}")
    [size] = random.choices([*SIZES], weights=[*SIZES.values()])
    size = size if number else "M"
    general = random.gauss(0.1 * (size == "L"), 0.6)
    skill = {one: general + random.gauss(0, 0.75) for one in TALENTS}
    clients = tuple(_clients(random, size, services, crowd, skill["growth"]))
    return Character(
        size=size,
        services=services,
        skill=skill if number else CAST,
        drift={one: random.gauss(0.04, 0.08) for one in TALENTS},
        clients=clients,
        heads=max(5, round(sum(c.first <= 0 for c in clients) * random.uniform(1.5, 4))),
    )


def _clients(
    random: Random, size: str, services: tuple[int, ...], crowd: int, skill: float
) -> list[Client]:
    """Places that fall free are filled by new clients."""
    low, high = YEARLY_YUAN[size]
    seats = random.randint(*CLIENTS[size])
    whole = low * (high / low) ** random.random()
    clients = []
    for _seat in range(seats):
        first = NUMBERS.start
        while first <= QUARTERS:
            stays = random.choice((2, 3, 4, 6, 8)) + (skill > 0.5)
            share = whole / seats * random.lognormvariate(0, 0.5)
            second = len(services) > 1 and random.random() < SECOND_SERVICE
            clients.append(
                Client(
                    place=random.randrange(crowd),
                    service=services[second],
                    first=first,
                    last=first + stays,
                    yearly_yuan=share,
                    growth=random.gauss(0.22 + 0.16 * skill, 0.22),
                )
            )
            first += stays + random.randint(0, 1)
    return clients
