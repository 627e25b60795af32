"""The fixed order of services, first-level categories and cities: what a row's numbers mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from portal.parties.models import Category, City, ServiceType


@dataclass(frozen=True, slots=True)
class Columns:
    """The names by place, and the place of each id."""

    services: list[ServiceType]
    service_of: dict[int, int]
    categories: list[Category]
    category_of: dict[int, int]
    cities: list[City]
    city_of: dict[int, int]


def read_columns() -> Columns:
    """Second-level categories count as their parent."""
    every = list(Category.objects.all())
    first = [c for c in every if c.parent_id is None]
    place = {c.pk: column for column, c in enumerate(first)}
    services = list(ServiceType.objects.all())
    cities = list(City.objects.all())
    return Columns(
        services=services,
        service_of={service.pk: column for column, service in enumerate(services)},
        categories=first,
        category_of={c.pk: place[c.parent_id or c.pk] for c in every},
        cities=cities,
        city_of={city.pk: column for column, city in enumerate(cities)},
    )


def members(rows: Sequence[Sequence[int]], places: dict[int, int]) -> NDArray[np.bool_]:
    """(rows, places) True where a row names the id that has the place."""
    found = np.zeros((len(rows), len(places)), dtype=np.bool_)
    lengths = np.fromiter((len(row) for row in rows), dtype=np.int64, count=len(rows))
    columns = [places[pk] for row in rows for pk in row]
    found[np.repeat(np.arange(len(rows)), lengths), columns] = True
    return found
