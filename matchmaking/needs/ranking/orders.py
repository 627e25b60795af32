"""The orders made last, so that turning the pages of one does not make it again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Sequence
from threading import Lock

import numpy as np

from matchmaking.engine.ranking import Filter, NeedProfile, Ranking, RankingMethod, rank
from matchmaking.needs.ranking.market import Market
from matchmaking.needs.ranking.newcomers import newcomers_of

MOST_PLACES = 400_000  # in all orders kept together; some 80 bytes each

_orders: OrderedDict[Hashable, Ranking] = OrderedDict()
_lock = Lock()


def order_of(
    need: NeedProfile,
    market: Market,
    method: RankingMethod,
    filters: Sequence[Filter],
    kept_apart: frozenset[int] = frozenset(),
) -> Ranking:
    """The market in order for a need, without those who are kept apart from it. No order
    outlives a change: its version is in the key."""
    codes = tuple(condition.code for condition in filters)
    key = (market.version, method.version, method.parts, codes, kept_apart, _key_of(need))
    with _lock:
        if (known := _orders.get(key)) is not None:
            _orders.move_to_end(key)
            return known
    if kept_apart:
        filters = [_apart(kept_apart), *filters]
    newcomers = newcomers_of(market, method.newcomers) if method.newcomers else None
    made = rank(need, market.pool, method, filters, newcomers=newcomers)
    with _lock:
        _orders[key] = made
        while sum(len(kept.order) for kept in _orders.values()) > MOST_PLACES and len(_orders) > 1:
            _orders.popitem(last=False)
    return made


def _key_of(need: NeedProfile) -> Hashable:
    return (
        need.id,
        need.today,
        need.services,
        need.category_shares.tobytes(),
        need.budget,
        need.city,
        need.accepts_remote,
    )


def _apart(kept_apart: frozenset[int]) -> Filter:
    ids = list(kept_apart)
    return Filter("apart", lambda _need, pool: ~np.isin(pool.ids, ids))
