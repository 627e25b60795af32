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
) -> Ranking:
    """The market in order for a need, without those who are kept apart from it. No order
    outlives a change, of the market or of the ratings: the version of each is in the key."""
    codes = tuple(condition.code for condition in filters)
    rated_by = ratings.snapshot if ratings else None
    version = (market.version, rated_by, method.version, method.parts)
    key = (version, codes, kept_apart, _key_of(need))
    with _lock:
        if (known := _orders.get(key)) is not None:
            _orders.move_to_end(key)
            return known
    if kept_apart:
        filters = [_apart(kept_apart), *filters]
    newcomers = newcomers_of(market, method.newcomers) if method.newcomers else None
    pool = market.pool if ratings is None else _rated(market, ratings, need, method)
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


def _apart(kept_apart: frozenset[int]) -> Filter:
    ids = list(kept_apart)
    return Filter("apart", lambda _need, pool: ~np.isin(pool.ids, ids))
