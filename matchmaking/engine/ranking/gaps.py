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
