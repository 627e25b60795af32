"""From rows to the engine and back: who fits a need, in which order, and why.

The engine knows columns; this file knows ids. One small query, whatever the number of providers,
and one for the rows of a page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from numpy.typing import NDArray

from matchmaking.engine.ranking import (
    AGENCY_FILTERS,
    CREATOR_FILTERS,
    HARD_FILTERS,
    Filter,
    Gap,
    NeedProfile,
    gaps,
    weighed,
)
from matchmaking.needs.fields import NeedFields
from matchmaking.needs.models import Block, Need
from matchmaking.needs.ranking.columns import Columns
from matchmaking.needs.ranking.dates import away_then, free_words
from matchmaking.needs.ranking.figures import goods_shares
from matchmaking.needs.ranking.market import market_of
from matchmaking.needs.ranking.method import (
    EXCLUSION_NAMES,
    PART_NAMES,
    STALE_AFTER_DAYS,
    group_of,
    published_method,
    sourced_parts,
)
from matchmaking.needs.ranking.orders import asked_categories, order_of
from matchmaking.needs.ranking.ratings import Ratings, ratings_of
from matchmaking.needs.ranking.results import result_words, results_now
from matchmaking.needs.ranking.sizes import Size, sizes_of
from matchmaking.needs.states import CreatorLevel, Seeks
from portal.core import clock
from portal.core.money import Money
from portal.parties.models import Party, ServiceType
from portal.parties.profile_states import FactPart
from portal.parties.rules import permitted
from portal.parties.states import PartyKind

FloatArray = NDArray[np.float64]
FILTERS = {
    Seeks.PROVIDER: HARD_FILTERS,
    Seeks.AGENCY: AGENCY_FILTERS,
    Seeks.CREATOR: CREATOR_FILTERS,
}
PARTS = list(FactPart)  # a part's place is its column in the pool
LEVELS = list(CreatorLevel)  # a level's place is its column in the rosters
UNKNOWN: dict[str, str | Promise] = {
    "capacity": _("Has not said how much it can take on"),
    "followers": _("Its followers are not known"),
    "shopping": _("Its shopping followers are not known"),
    "goods": _("What its sales cost is not known"),
}


@dataclass(frozen=True, slots=True)
class PartScore:
    """One part of a candidate's score. `points` of `weight`; not measured = not enough data.
    `group`: its own code, or the part a dimension belongs to."""

    code: str
    name: str | Promise
    points: float
    weight: float
    is_measured: bool

    @property
    def group(self) -> str:
        return group_of(self.code)

    @property
    def score(self) -> float | None:
        """Of a hundred; None where it is not measured."""
        return 100 * self.points / self.weight if self.is_measured else None


@dataclass(frozen=True, slots=True)
class Candidate:
    """One row of the result: its place and whether that is a newcomer's, its parts, what it is
    missing, how sure we are (0–1), and in words what it settled in the categories asked for
    and when it is free.

    `provider` comes with its city; what it offers, and from how much to how much a month (fen), is
    as it was ranked.
    """

    place: int
    is_newcomer_place: bool
    provider: Party
    services: list[ServiceType]
    price_low_fen: int
    price_high_fen: int
    total: float
    confidence: float
    parts: list[PartScore]
    missing: list[str]
    size: Size
    results: Sequence[str] = ()
    free: str = ""


@dataclass(frozen=True, slots=True)
class Exclusion:
    reason: str | Promise
    count: int


class CandidateList:
    """The whole order of a need, whose rows are read when a page of them is asked for."""

    def __init__(self, need: Need) -> None:
        self.kind = kind = PartyKind(need.seeks)
        market, ratings = market_of(kind), ratings_of(kind)
        asked = need.priorities | (need.dimension_priorities if kind == PartyKind.PROVIDER else {})
        self.results = results_now()
        self.sourced = sourced_parts(ratings is not None, self.results is not None)
        self.method = weighed(published_method(need.seeks), asked)
        self.columns, self.pool = market.columns, market.pool
        self.profile = _profile(need, self.columns, ratings)
        filters, apart = filters_of(need.seeks), _kept_apart(need)
        self.categories = asked_categories(self.profile, market)
        self.ranking = order_of(
            self.profile,
            market,
            self.method,
            filters,
            apart,
            ratings,
            self.results,
            permitted(kind, list(need.categories.all())),
            away_then(need) if kind == PartyKind.CREATOR else frozenset(),
        )

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
            if count and code in EXCLUSION_NAMES
        ]

    def slice(self, start: int, stop: int) -> list[Candidate]:
        """Candidates from place `start + 1` to `stop`."""
        return self._at(range(len(self))[start:stop])

    def of_parties(self, ids: Sequence[int]) -> dict[int, Candidate]:
        """Those of the named parties that stand in the order, by key."""
        wanted = np.isin(self.pool.ids[self.ranking.order], list(ids))
        return {found.provider.pk: found for found in self._at(np.flatnonzero(wanted).tolist())}

    def _at(self, positions: Sequence[int]) -> list[Candidate]:
        rows = [int(self.ranking.order[position]) for position in positions]
        keys = [int(self.pool.ids[row]) for row in rows]
        found, sizes = Party.objects.in_bulk(keys), sizes_of(self.kind, keys)
        run = self.results.run if self.results else None
        said = result_words(run, keys, self.categories) if run and keys else {}
        free = free_words(keys) if keys and self.kind == PartyKind.CREATOR else {}
        return [
            replace(
                self._candidate(position, row, found[key], sizes.get(key, Size())),
                results=said.get(key, []),
                free=free.get(key, ""),
            )
            for position, row, key in zip(positions, rows, keys, strict=True)
        ]

    def _candidate(self, position: int, row: int, provider: Party, size: Size) -> Candidate:
        ranking, pool, columns = self.ranking, self.pool, self.columns
        provider.city = columns.cities[columns.city_of[provider.city_id]]
        return Candidate(
            place=position + 1,
            is_newcomer_place=bool(ranking.newcomer_place[position]),
            provider=provider,
            services=[columns.services[place] for place in np.flatnonzero(pool.services[row])],
            price_low_fen=int(pool.price_low[row]),
            price_high_fen=int(pool.price_high[row]),
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
            size=size,
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
        if gap.code == "creators":
            sentence = _("Known to have %(n)s creators at this level, %(wanted)s are wanted")
            return str(sentence) % {"n": gap.detail[0], "wanted": gap.detail[1]}
        if gap.code == "fact":
            names = "、".join(str(PARTS[column].label) for column in gap.detail)
            return str(_("Does not name %(parts)s among its parts of the business")) % {
                "parts": names
            }
        if gap.code in UNKNOWN:
            return str(UNKNOWN[gap.code])
        return str(_("Profile unchanged for %(days)s days")) % {"days": gap.detail[0]}


def _kept_apart(need: Need) -> frozenset[int]:
    """Who will not hear from the merchant, or it from them. Nobody is told."""
    standing = Block.objects.standing()
    by, of = standing.filter(blocker=need.merchant_id), standing.filter(blocked=need.merchant_id)
    pairs = by.values_list("blocked").union(of.values_list("blocker"))
    return frozenset(pk for (pk,) in pairs)


def filters_of(seeks: str) -> Sequence[Filter]:
    """The hard conditions for whom a need looks for."""
    return FILTERS[Seeks(seeks)]


def _profile(need: Need, columns: Columns, ratings: Ratings | None = None) -> NeedProfile:
    asked = _asked(
        need,
        columns,
        need.pk,
        [service.pk for service in need.services.all()],
        [category.pk for category in need.categories.all()],
    )
    if ratings is None or need.seeks == Seeks.PROVIDER:
        return asked
    # A part of one evaluation as a whole weighs its dimensions as the evaluation's method does.
    return replace(asked, dimension_weights=np.array([*ratings.dimensions.values()]))


def asked_by(need: Need, columns: Columns) -> tuple[NeedProfile, Sequence[Filter]]:
    """What a need asks of every candidate, and the conditions nobody is listed without."""
    return _profile(need, columns), filters_of(need.seeks)


def profile_of(fields: NeedFields, columns: Columns, *, key: int) -> NeedProfile:
    """What a need that is not written yet would ask; `key` stands for its id."""
    return _asked(fields, columns, key, fields.service_ids, fields.category_ids)


def _asked(
    need: Need | NeedFields,
    columns: Columns,
    key: int,
    service_ids: Sequence[int],
    category_ids: Sequence[int],
) -> NeedProfile:
    """Prices are what providers declare: where nobody does, or the merchant shares alone, a budget
    a month measures nothing."""
    has_prices = need.seeks == Seeks.PROVIDER and need.budget_high_fen > 0
    shares = np.zeros(len(columns.categories))
    wanted = {columns.category_of[pk] for pk in category_ids}
    shares[list(wanted)] = 1 / max(len(wanted), 1)
    return NeedProfile(
        id=key,
        today=clock.today().toordinal(),
        services=frozenset(columns.service_of[pk] for pk in service_ids),
        category_shares=shares,
        budget=(need.budget_low_fen, need.budget_high_fen) if has_prices else None,
        city=columns.city_of[need.city_id] if need.city_id else None,
        accepts_remote=need.accepts_remote,
        followers_least=need.followers_least or 0,
        shopping_least=need.shopping_least or 0,
        goods=_goods(need),
        roster_least=need.roster_least or 0,
        creators_wanted=need.creators_wanted or 0,
        level=LEVELS.index(CreatorLevel(need.creator_level)),
        facts=frozenset(PARTS.index(FactPart(part)) for part in need.facts),
    )


def _goods(need: Need | NeedFields) -> FloatArray | None:
    if need.goods_low_fen is None or need.goods_high_fen is None:
        return None
    return goods_shares(need.goods_low_fen, need.goods_high_fen)
