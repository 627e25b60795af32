"""A provider's facts of one period, as the parts of the site would tell them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import TypedDict

from portal.evaluation.demo.characters import QUARTERS, Character, Client, Period
from portal.evaluation.fields import FactFields
from portal.evaluation.states import Grade

LEADS = {"S": (5, 12), "M": (12, 18), "L": (18, 28)}
MEETINGS = {"S": (2, 4), "M": (3, 5), "L": (3, 6)}
FOR_HOME = 0.75  # of the leads
WITH_CREATORS = frozenset({"creator-distribution", "sourcing"})


class Whose(TypedDict):
    counterpart: int
    service: int


@dataclass
class Quarter:
    """What the facts of one provider and period are told by. `merchants`, `creators`: keys of the
    crowd; `creator_services`: keys of services that sell through creators."""

    number: int
    party_id: int
    character: Character
    period: Period
    merchants: Sequence[int]
    creators: Sequence[int]
    creator_services: frozenset[int]
    random: Random = field(init=False)
    told: int = 0

    def __post_init__(self) -> None:
        self.random = Random(f"facts:{self.number}:{self.period.number}")

    def skill(self, dimension: str) -> float:
        return self.character.of(dimension, self.period.number)

    def share(self, dimension: str, middle: float, step: float, spread: float = 4) -> float:
        """A percentage about `middle`, better by `step` for each point of skill."""
        value = middle + step * self.skill(dimension) + self.random.gauss(0, spread)
        return round(min(99.5, max(0.5, value)), 2)

    def happens(self, dimension: str, middle: float, step: float) -> float:
        return 100.0 if self.random.random() * 100 < middle + step * self.skill(dimension) else 0.0

    def many(self, low: int, high: int) -> int:
        """How many of what comes evenly: fewer in a part of a quarter."""
        return max(1, round(self.random.randint(low, high) * self.period.length))

    def some_day(self) -> date:
        return self.period.starts_on + timedelta(self.random.randrange(self.period.days))

    def fact(
        self,
        measure: str,
        value: float,
        *,
        sample: int = 1,
        counterpart: int | None = None,
        service: int | None = None,
        on: date | None = None,
    ) -> FactFields:
        self.told += 1
        return FactFields(
            party_id=self.party_id,
            measure=measure,
            value=value,
            starts_on=on or self.period.starts_on,
            ends_on=on or self.period.ends_on,
            grade=Grade.CONFIRMED if counterpart else Grade.PLATFORM,
            ref_kind="import",
            ref_id=f"demo-{self.period.ends_on:%Y-%m}:{self.number}:{self.told}",
            sample=sample,
            counterpart_id=counterpart,
            service_id=service,
        )

    @property
    def clients(self) -> list[Client]:
        at = self.period.number
        return [one for one in self.character.clients if one.first <= at < one.last]


def facts_of_provider(quarter: Quarter) -> Iterator[FactFields]:
    yield from _leads(quarter)
    yield from _served(quarter)
    yield from _team(quarter)
    yield from _plans(quarter)
    yield from _learning(quarter)


def _leads(quarter: Quarter) -> Iterator[FactFields]:
    random, size = quarter.random, quarter.character.size
    hours = 7 * math.exp(-0.55 * quarter.skill("connection"))
    for _lead in range(quarter.many(*LEADS[size])):
        asked = random.choice(quarter.merchants)
        home, *beside = quarter.character.services
        service = random.choice(beside) if beside and random.random() > FOR_HOME else home
        day = quarter.some_day()
        response = round(min(72.0, hours * random.lognormvariate(0, 0.7)), 2)
        yield quarter.fact("lead_response", response, counterpart=asked, service=service, on=day)
        signed = quarter.happens("connection", 24, 9)
        yield quarter.fact("lead_signed", signed, counterpart=asked, service=service, on=day)
    for _meeting in range(quarter.many(*MEETINGS[size])):
        met, followed = random.choice(quarter.merchants), quarter.happens("connection", 20, 8)
        yield quarter.fact("meeting_followed", followed, counterpart=met, on=quarter.some_day())
    for service in quarter.creator_services & set(quarter.character.services):
        for creator in random.sample(quarter.creators, min(len(quarter.creators), 6)):
            yuan = round(random.lognormvariate(10.5, 1), 2)
            orders = max(5, round(yuan / 120))
            yield quarter.fact(
                "creator_gmv", yuan, sample=orders, counterpart=creator, service=service
            )


def _served(quarter: Quarter) -> Iterator[FactFields]:
    is_half_year = quarter.period.number % 2 == 1
    seen: set[tuple[int, int]] = set()
    for client in quarter.clients:
        merchant = quarter.merchants[client.place]
        if (merchant, client.service) in seen:
            continue
        seen.add((merchant, client.service))
        yield from _settled(quarter, client, merchant)
        if is_half_year:
            yield from _compared(quarter, client, merchant)


def _settled(quarter: Quarter, client: Client, merchant: int) -> Iterator[FactFields]:
    random, period = quarter.random, quarter.period
    whose = Whose(counterpart=merchant, service=client.service)
    grown = client.growth * (period.number - QUARTERS / 2) / 4
    yuan = client.yearly_yuan / 4 * period.length * math.exp(grown) * random.lognormvariate(0, 0.1)
    orders = max(30, round(yuan / 110))
    yield quarter.fact("merchant_served", 1, **whose)
    yield quarter.fact("net_gmv", round(yuan, 2), sample=orders, **whose)
    months = max(1, round(3 * period.length))
    quarrels = random.random() * 100 < 2.2 - 1.4 * quarter.skill("health")
    yield quarter.fact("disputes", 100 / months * quarrels, sample=months, **whose)
    if client.last == period.number + 1 and period.number < QUARTERS:
        yield quarter.fact("renewal", quarter.happens("growth", 63, 11), **whose)


def _compared(quarter: Quarter, client: Client, merchant: int) -> Iterator[FactFields]:
    """What is reckoned twice a year."""
    random, health = quarter.random, quarter.skill("health")
    whose = Whose(counterpart=merchant, service=client.service)
    orders = max(40, round(client.yearly_yuan / 2 / 110))
    stars = min(5.0, max(1.0, 4.15 + 0.24 * health + random.gauss(0, 0.25)))
    yield quarter.fact("satisfaction", round(stars, 2), **whose)
    gap = round(3.2 - 2.2 * health + random.gauss(0, 1.6), 2)
    yield quarter.fact("refund_gap", gap, sample=orders, **whose)
    on_time = quarter.share("health", 90, 5, 3)
    yield quarter.fact("statement_on_time", on_time, sample=6, counterpart=merchant)
    fishy = round(min(30.0, abs(random.gauss(2.2 - 1.1 * health, 1.2))), 2)
    yield quarter.fact("suspicious_orders", fishy, sample=orders, **whose)
    growth = client.growth + random.gauss(0, 0.06)
    yield quarter.fact("merchant_growth", round(growth, 4), sample=1, **whose)
    above = round(100 * (math.exp(growth) - 1) - 21, 2)
    yield quarter.fact("category_growth", above, sample=1, **whose)
    yield quarter.fact(
        "target", round(94 + 9 * quarter.skill("growth") + random.gauss(0, 9), 1), **whose
    )


def _team(quarter: Quarter) -> Iterator[FactFields]:
    heads, skill = quarter.character.heads, quarter.skill("talent")
    certified = quarter.share("talent", 40, 12, 3)
    yield quarter.fact("staff_certified", certified, sample=heads)
    yield quarter.fact("roles_filled", quarter.share("talent", 80, 9, 3))
    yield quarter.fact("staff_retention", quarter.share("talent", 76, 7, 3), sample=heads)
    operators = max(3, round(heads * 0.4))
    busy = min(16.0, max(0.4, len(quarter.clients) / operators * (4 - 0.6 * skill)))
    yield quarter.fact("merchants_per_operator", round(busy, 2), sample=operators)


def _plans(quarter: Quarter) -> Iterator[FactFields]:
    for _item in range(quarter.many(1, 2)):
        on_time = quarter.happens("improvement", 74, 12)
        yield quarter.fact("plan_item", on_time, on=quarter.some_day())


def _learning(quarter: Quarter) -> Iterator[FactFields]:
    """Course by course; and, at the end of the period, the hours of the year before it."""
    for _course in range(quarter.many(2, 4)):
        attended = quarter.share("improvement", 72, 12, 14)
        yield quarter.fact("course_completion", attended, sample=2, on=quarter.some_day())
    for _person in range(quarter.many(1, 3)):
        points = quarter.share("talent", 76, 7, 8)
        yield quarter.fact("assessment", points, on=quarter.some_day())
    hours = max(0.5, 9 + 3.5 * quarter.skill("improvement") + quarter.random.gauss(0, 1.5))
    yield quarter.fact("training_hours", round(hours, 2), sample=quarter.character.heads)
