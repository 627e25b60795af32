"""What one candidate is missing for a need, as codes and numbers; words are made elsewhere."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from .profiles import CandidatePool, NeedProfile, require_same_columns


class Gap(NamedTuple):
    """A code and its numbers.

    service: columns asked for and not offered.
    region: none; the candidate serves neither the city nor, if that would do, remotely.
    category: columns asked for in which the candidate has no share.
    price_above: fen between the budget's top and the start of the candidate's band.
    price_below: fen between the end of the candidate's band and the budget's bottom.
    stale: days since the profile was changed.
    capacity: none; the candidate has not said how much it can take on.
    followers, shopping: none; a least number is asked for and the candidate's is not known.
    goods: none; prices are asked for and what the candidate's sales cost is not known.
    fact: columns of the parts of the business asked for and not named.
    creators: how many creators of the level an agency is known to have, and how many are wanted.
    """

    code: str
    detail: tuple[int, ...] = ()


def gaps(need: NeedProfile, pool: CandidatePool, index: int, *, stale_after_days: int) -> list[Gap]:
    """Gaps of the candidate at `index` of the pool, in the order of the codes in `Gap`.

    Raises ValueError if the need names columns the pool does not have, IndexError if there is no
    such candidate.
    """
    require_same_columns(need, pool)
    if not 0 <= index < len(pool.ids):
        raise IndexError(f"index: {index} of {len(pool.ids)} candidates")
    return [*_gaps(need, pool, index, stale_after_days)]


def _gaps(
    need: NeedProfile, pool: CandidatePool, index: int, stale_after_days: int
) -> Iterator[Gap]:
    services = tuple(c for c in sorted(need.services) if not pool.services[index, c])
    if services:
        yield Gap("service", services)
    yield from _region_gap(need, pool, index)
    categories = np.flatnonzero((need.category_shares > 0) & (pool.category_shares[index] == 0))
    if len(categories):
        yield Gap("category", tuple(categories.tolist()))
    yield from _price_gap(need, int(pool.price_low[index]), int(pool.price_high[index]))
    days = need.today - int(pool.updated_day[index])
    if days > stale_after_days:
        yield Gap("stale", (days,))
    if pool.places is not None and np.isnan(pool.places[index]):
        yield Gap("capacity")
    if pool.facts is not None:
        unnamed = tuple(c for c in sorted(need.facts) if not pool.facts[index, c])
        if unnamed:
            yield Gap("fact", unnamed)
    yield from _audience_gaps(need, pool, index)
    if pool.rosters is not None and (have := int(pool.rosters[index, need.level])) < (
        need.creators_wanted
    ):
        yield Gap("creators", (have, need.creators_wanted))


def _audience_gaps(need: NeedProfile, pool: CandidatePool, index: int) -> Iterator[Gap]:
    for code, least, known in (
        ("followers", need.followers_least, pool.reach),
        ("shopping", need.shopping_least, pool.shopping),
    ):
        if least and (known is None or np.isnan(known[index])):
            yield Gap(code)
    if need.goods is not None and (pool.goods is None or np.isnan(pool.goods[index, 0])):
        yield Gap("goods")


def _region_gap(need: NeedProfile, pool: CandidatePool, index: int) -> Iterator[Gap]:
    if need.city is None or pool.cities[index, need.city]:
        return
    if not (need.accepts_remote and pool.remote[index]):
        yield Gap("region")


def _price_gap(need: NeedProfile, low: int, high: int) -> Iterator[Gap]:
    if need.budget is None:
        return
    if low > need.budget[1]:
        yield Gap("price_above", (low - need.budget[1],))
    if high < need.budget[0]:
        yield Gap("price_below", (need.budget[0] - high,))
