"""The orders made last, so that turning the pages of one does not make it again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Sequence
from dataclasses import replace
from threading import Lock

import numpy as np

from matchmaking.engine.ranking import (
    CandidatePool,
    Filter,
    NeedProfile,
    Ranking,
    RankingMethod,
    rank,
)
from matchmaking.needs.ranking.market import Market
from matchmaking.needs.ranking.newcomers import newcomers_of
from matchmaking.needs.ranking.ratings import Ratings
from matchmaking.needs.ranking.results import Results

MOST_PLACES = 400_000  # in all orders kept together; some 80 bytes each

_orders: OrderedDict[Hashable, Ranking] = OrderedDict()
_lock = Lock()


def order_of(
    need: NeedProfile,
    market: Market,
    method: RankingMethod,
    filters: Sequence[Filter],
    kept_apart: frozenset[int] = frozenset(),
    ratings: Ratings | None = None,
    results: Results | None = None,
    permitted: frozenset[int] | None = None,
    away: frozenset[int] = frozenset(),
) -> Ranking:
    """The market in order for a need: of `permitted` alone, if that matters, without those who are
    kept apart from it or `away` then. No order outlives a change of the market, the ratings or the
    results: the version of each is in the key."""
    codes = tuple(condition.code for condition in filters)
    made_by = (ratings.snapshot if ratings else None, results.run if results else None)
    version = (market.version, made_by, method.version, method.parts)
    key = (version, codes, kept_apart, permitted, away, _key_of(need))
    with _lock:
        if (known := _orders.get(key)) is not None:
            _orders.move_to_end(key)
            return known
    if kept_apart:
        filters = [_without("apart", kept_apart), *filters]
    if permitted is not None:
        filters = [*filters, _permit(permitted)]
    if away:
        filters = [*filters, _without("dates", away)]
    newcomers = newcomers_of(market, method.newcomers) if method.newcomers else None
    pool = market.pool if ratings is None else _rated(market, ratings, need, method)
    if results is not None and need.category_shares.any():
        pool = replace(pool, past_result=results.of(pool.ids, asked_categories(need, market)))
    made = rank(need, pool, method, filters, newcomers=newcomers)
    with _lock:
        _orders[key] = made
        while sum(len(kept.order) for kept in _orders.values()) > MOST_PLACES and len(_orders) > 1:
            _orders.popitem(last=False)
    return made


def _rated(
    market: Market, ratings: Ratings, need: NeedProfile, method: RankingMethod
) -> CandidatePool:
    """The pool with what the ratings say of each candidate in the services asked for."""
    asked = [market.columns.services[column].pk for column in need.services]
    named = method.dimensions or tuple(ratings.dimensions)
    return replace(market.pool, evaluation=ratings.of(market.pool.ids, asked, named))


def asked_categories(need: NeedProfile, market: Market) -> list[int]:
    """The keys of the first-level categories asked for."""
    places = np.flatnonzero(need.category_shares)
    return [market.columns.categories[place].pk for place in places]


def _key_of(need: NeedProfile) -> Hashable:
    return (
        need.id,
        need.today,
        need.services,
        need.category_shares.tobytes(),
        need.budget,
        need.city,
        need.accepts_remote,
        need.followers_least,
        need.shopping_least,
        None if need.goods is None else need.goods.tobytes(),
        need.roster_least,
        need.creators_wanted,
        need.level,
    )


def _without(code: str, parties: frozenset[int]) -> Filter:
    ids = list(parties)
    return Filter(code, lambda _need, pool: ~np.isin(pool.ids, ids))


def _permit(permitted: frozenset[int]) -> Filter:
    ids = list(permitted)
    return Filter("permit", lambda _need, pool: np.isin(pool.ids, ids))
