"""What the demo stands on: the reference data, and the day it is made for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from random import Random

from portal.core import clock
from portal.core.actor import system_actor
from portal.parties.demo.places import weigh_cities
from portal.parties.models import Category, City, CityYear, ServiceType

DEMO = system_actor("demo")


@dataclass(frozen=True, eq=False)
class World:
    """Reference data by code. Everything happened before `today` began, so that a world made in
    the morning is that of the evening."""

    today: date
    categories: Mapping[str, Category]
    cities: Sequence[City]  # those of a tier
    tiers: Mapping[int, str]
    services: Mapping[str, ServiceType]

    @property
    def dawn(self) -> datetime:
        """The moment the world is made for, when it has no time of its own."""
        return datetime.combine(self.today, time(tzinfo=clock.SHANGHAI)).astimezone(UTC)

    def city(self, name: str) -> City:
        return self._city_by_name[name]

    def choose_city(self, random: Random, kind: str, category: str) -> City:
        """By where parties of this kind and trade are."""
        if (weights := self._weights.get((kind, category))) is None:
            weights = weigh_cities(self.cities, self.tiers, kind, category)
            self._weights[kind, category] = weights
        [city] = random.choices(self.cities, cum_weights=weights)
        return city

    @cached_property
    def _weights(self) -> dict[tuple[str, str], list[float]]:
        return {}

    @cached_property
    def _city_by_name(self) -> dict[str, City]:
        return {city.name_zh: city for city in self.cities}

    def ago(self, days: int, random: Random) -> datetime:
        """`days` (from 1) before today, at a time when people work."""
        return at_work(self.today - timedelta(days=days), random)


def at_work(day: date, random: Random) -> datetime:
    """That day in Shanghai, at a time when people work."""
    hours = time(random.randint(9, 18), random.randint(0, 59), tzinfo=clock.SHANGHAI)
    return datetime.combine(day, hours).astimezone(UTC)


def read_world(today: date | None = None) -> World:
    today = today or clock.today()
    begun = CityYear.objects.filter(year__lte=today.year).order_by("year")
    return World(
        today=today,
        categories={c.code: c for c in Category.objects.filter(parent=None)},
        cities=list(City.objects.filter(cityyear__isnull=False).distinct()),
        tiers=dict(begun.values_list("city_id", "tier")),
        services={s.code: s for s in ServiceType.objects.all()},
    )
