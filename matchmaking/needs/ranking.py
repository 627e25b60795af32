"""From rows to the engine and back: which providers fit a need, in which order, and why.

The engine knows columns; this file knows ids. Three queries whatever the number of providers.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from numpy.typing import NDArray

from matchmaking.engine.ranking import (
    CandidatePool,
    Gap,
    NeedProfile,
    Ranking,
    RankingMethod,
    gaps,
    rank,
)
from matchmaking.needs.models import Need
from portal.core import clock
from portal.core.clock import SHANGHAI
from portal.core.money import Money
from portal.parties.models import Category, City, Party, ServiceType

STALE_AFTER_DAYS = 180

PART_NAMES: dict[str, str | Promise] = {
    "category": _("Category fit"),
    "price": _("Price overlap"),
    "result": _("Results in the category"),
    "evaluation": _("Evaluation"),
    "response": _("Response speed"),
    "freshness": _("Fresh profile"),
}
# The parts `_pool` has a source for; the others join with their own.
SOURCED_PARTS = frozenset({"category", "price", "freshness"})
EXCLUSION_NAMES: dict[str, str | Promise] = {
    "service": _("does not offer every service asked for"),
    "region": _("does not work in the city, nor remotely if that would do"),
}


@dataclass(frozen=True, slots=True)
class PartScore:
    """One part of a candidate's score. `points` of `weight`; not measured = not enough data."""

    code: str
    name: str | Promise
    points: float
    weight: float
    is_measured: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """One row of the result: its place, its parts, what it is missing, how sure we are (0–1).

    `provider` comes with its city and profile; what it offers is in `services`, from the pool.
    """

    place: int
    provider: Party
    services: list[ServiceType]
    total: float
    confidence: float
    parts: list[PartScore]
    missing: list[str]


@dataclass(frozen=True, slots=True)
class Exclusion:
    reason: str | Promise
    count: int


class CandidateList:
    """The whole order of a need, whose rows are read when a page of them is asked for."""

    def __init__(self, need: Need) -> None:
        self.method = published_method()
        self.columns = _columns()
        self.profile = _profile(need, self.columns)
        self.pool = _pool(self.columns)
        self.ranking: Ranking = rank(self.profile, self.pool, self.method)

    def __len__(self) -> int:
        return len(self.ranking.order)

    @property
    def measurable(self) -> float:
        """The most points anyone can have while some parts have no source yet."""
        return self.ranking.measurable

    @property
    def exclusions(self) -> list[Exclusion]:
        return [
            Exclusion(EXCLUSION_NAMES[code], count)
            for code, count in self.ranking.excluded_counts.items()
            if count
        ]

    def slice(self, start: int, stop: int) -> list[Candidate]:
        """Candidates from place `start + 1` to `stop`."""
        rows = self.ranking.order[start:stop]
        shown = Party.objects.select_related("city", "profile")
        found = shown.in_bulk([int(pk) for pk in self.pool.ids[rows]])
        return [
            self._candidate(start + offset, int(row), found[int(self.pool.ids[row])])
            for offset, row in enumerate(rows)
        ]

    def _candidate(self, position: int, row: int, provider: Party) -> Candidate:
        ranking, offered = self.ranking, self.pool.services[row]
        return Candidate(
            place=position + 1,
            provider=provider,
            services=[s for s, has in zip(self.columns.services, offered, strict=True) if has],
            total=float(ranking.total[position]),
            confidence=float(ranking.confidence[position]),
            parts=[
                PartScore(
                    code=part.code,
                    name=PART_NAMES[part.code],
                    points=float(ranking.points[position, column]),
                    weight=part.weight,
                    is_measured=bool(ranking.measured[position, column]),
                )
                for column, part in enumerate(self.method.parts)
            ],
            missing=[
                self._words(gap)
                for gap in gaps(self.profile, self.pool, row, stale_after_days=STALE_AFTER_DAYS)
            ],
        )

    def _words(self, gap: Gap) -> str:
        if gap.code == "category":
            names = "、".join(self.columns.categories[column].name for column in gap.detail)
            return str(_("No share in %(categories)s")) % {"categories": names}
        if gap.code == "price_above":
            amount = Money(gap.detail[0]).short
            return str(_("Starts %(amount)s a month above the budget")) % {"amount": amount}
        if gap.code == "price_below":
            amount = Money(gap.detail[0]).short
            return str(_("Ends %(amount)s a month below the budget")) % {"amount": amount}
        return str(_("Profile unchanged for %(days)s days")) % {"days": gap.detail[0]}


@lru_cache(maxsize=1)
def published_method() -> RankingMethod:
    """The ranking method in force, as published."""
    path = Path(__file__).with_name("ranking_method.json")
    return RankingMethod.from_dict(json.loads(path.read_text(encoding="utf-8")))


def measurable_points() -> float:
    """The most points anyone can have while some parts have no source yet."""
    return sum(part.weight for part in published_method().parts if part.code in SOURCED_PARTS)


# --- columns: the fixed order of services, first-level categories and cities ---------------------


@dataclass(frozen=True, slots=True)
class Columns:
    services: list[ServiceType]
    service_of: dict[int, int]
    categories: list[Category]
    category_of: dict[int, int]
    city_of: dict[int, int]


def _columns() -> Columns:
    """Second-level categories count as their parent."""
    every = list(Category.objects.all())
    first = [c for c in every if c.parent_id is None]
    place = {c.pk: column for column, c in enumerate(first)}
    services = list(ServiceType.objects.all())
    cities = City.objects.values_list("pk", flat=True)
    return Columns(
        services=services,
        service_of={service.pk: column for column, service in enumerate(services)},
        categories=first,
        category_of={c.pk: place[c.parent_id or c.pk] for c in every},
        city_of={pk: column for column, pk in enumerate(cities)},
    )


def _profile(need: Need, columns: Columns) -> NeedProfile:
    shares = np.zeros(len(columns.categories))
    wanted = {columns.category_of[c.pk] for c in need.categories.all()}
    shares[list(wanted)] = 1 / max(len(wanted), 1)
    return NeedProfile(
        id=need.pk,
        today=clock.today().toordinal(),
        services=frozenset(columns.service_of[s.pk] for s in need.services.all()),
        category_shares=shares,
        budget=(need.budget_low_fen, need.budget_high_fen),
        city=columns.city_of[need.city_id] if need.city_id else None,
        accepts_remote=need.accepts_remote,
    )


POOL_SQL = """
SELECT p.id, f.price_low_fen, f.price_high_fen, f.works_remotely, p.updated_at,
       ARRAY(SELECT servicetype_id FROM parties_providerprofile_services s
             WHERE s.providerprofile_id = p.id),
       ARRAY(SELECT city_id FROM parties_providerprofile_cities c
             WHERE c.providerprofile_id = p.id),
       ARRAY(SELECT category_id FROM parties_partycategory k WHERE k.party_id = p.id ORDER BY k.id),
       ARRAY(SELECT share FROM parties_partycategory k WHERE k.party_id = p.id ORDER BY k.id)
FROM parties_party p JOIN parties_providerprofile f ON f.party_id = p.id
WHERE p.kind = 'provider' AND p.status = 'listed'
ORDER BY p.id
"""


def _pool(columns: Columns) -> CandidatePool:
    """Every listed provider. Past results, evaluation and response join with their own sources."""
    with connection.cursor() as cursor:
        cursor.execute(POOL_SQL)
        rows = cursor.fetchall()
    shares = np.zeros((len(rows), len(columns.categories)))
    for row, found in enumerate(rows):
        for category, share in zip(found[7], found[8], strict=True):
            shares[row, columns.category_of[category]] += share / 100
    return CandidatePool(
        ids=_integers(row[0] for row in rows),
        price_low=_integers(row[1] for row in rows),
        price_high=_integers(row[2] for row in rows),
        remote=np.array([row[3] for row in rows], dtype=np.bool_),
        updated_day=_integers(_day(row[4]) for row in rows),
        services=_members([row[5] for row in rows], columns.service_of),
        cities=_members([row[6] for row in rows], columns.city_of),
        category_shares=np.minimum(shares, 1.0),
    )


def _integers(values: Any) -> NDArray[np.int64]:
    return np.fromiter(values, dtype=np.int64)


def _day(moment: Any) -> int:
    day: date = moment.astimezone(SHANGHAI).date()
    return day.toordinal()


def _members(rows: Sequence[Sequence[int]], places: dict[int, int]) -> NDArray[np.bool_]:
    found = np.zeros((len(rows), len(places)), dtype=np.bool_)
    for row, members in enumerate(rows):
        found[row, [places[pk] for pk in members]] = True
    return found
