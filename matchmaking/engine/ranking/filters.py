"""Hard filters: conditions a candidate meets or is not listed at all, each with a named reason."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from .profiles import BoolArray, CandidatePool, FloatArray, NeedProfile


class Filter(NamedTuple):
    """A reason's code and the test behind it: (need, pool) → (N,) bool, True = passes.

    A condition on data the pool does not hold (a permit, capacity, a block) is a filter whose
    test returns a mask made by the caller.
    """

    code: str
    passes: Callable[[NeedProfile, CandidatePool], BoolArray]


def offers_services(need: NeedProfile, pool: CandidatePool) -> BoolArray:
    """(N,) True where every service asked for is offered."""
    offered = np.ones(len(pool.ids), dtype=np.bool_)
    for column in need.services:
        offered &= pool.services[:, column]
    return offered


def serves_region(need: NeedProfile, pool: CandidatePool) -> BoolArray:
    """(N,) True on site in the need's city, remotely where that will do, or if no city is set."""
    if need.city is None:
        return np.ones(len(pool.ids), dtype=np.bool_)
    in_city = pool.cities[:, need.city]
    return in_city | pool.remote if need.accepts_remote else in_city


def in_category(need: NeedProfile, pool: CandidatePool) -> BoolArray:
    """(N,) True where some business is in a category asked for; all where none is asked for."""
    wanted = need.category_shares > 0
    if not wanted.any():
        return np.ones(len(pool.ids), dtype=np.bool_)
    return np.logical_or.reduce(pool.category_shares[:, wanted] > 0, axis=1)


def has_place(need: NeedProfile, pool: CandidatePool) -> BoolArray:
    """(N,) False where a candidate says it can take on nothing more; who has not said passes."""
    if pool.places is None:
        return np.ones(len(pool.ids), dtype=np.bool_)
    is_full: BoolArray = pool.places < 1  # of NaN it is False
    return ~is_full


def _is_below(least: int, known: FloatArray | None, pool: CandidatePool) -> BoolArray:
    """(N,) True where a number is known and below the least. Not known is never below."""
    if not least or known is None:
        return np.zeros(len(pool.ids), dtype=np.bool_)
    below: BoolArray = known < least  # of NaN it is False
    return below


def has_followers(need: NeedProfile, pool: CandidatePool) -> BoolArray:
    """(N,) False where fewer follow a candidate than is asked for, or fewer of those who buy; who
    is not known passes, and a gap says so."""
    is_below = _is_below(need.followers_least, pool.reach, pool)
    return ~(is_below | _is_below(need.shopping_least, pool.shopping, pool))


def has_roster(need: NeedProfile, pool: CandidatePool) -> BoolArray:
    """(N,) False where an agency has fewer creators than is asked for."""
    everyone = None if pool.rosters is None else pool.rosters[:, 0]
    return ~_is_below(need.roster_least, everyone, pool)


def has_creators(need: NeedProfile, pool: CandidatePool) -> BoolArray:
    """(N,) False where an agency cannot have as many creators of the level as are wanted: also if
    everyone whose followers are not known were one of them."""
    if pool.rosters is None:
        return np.ones(len(pool.ids), dtype=np.bool_)
    might = pool.rosters[:, need.level].copy()
    if need.level and pool.unmeasured is not None:
        might += pool.unmeasured
    return ~_is_below(need.creators_wanted, might, pool)


HARD_FILTERS = (
    Filter("service", offers_services),
    Filter("region", serves_region),
    Filter("capacity", has_place),
)
# Who offers no services is chosen by what it trades in, and by its size.
TRADE_FILTERS = (Filter("category", in_category), Filter("region", serves_region))
AGENCY_FILTERS = (
    *TRADE_FILTERS,
    Filter("followers", has_followers),
    Filter("roster", has_roster),
    Filter("creators", has_creators),
)
CREATOR_FILTERS = (*TRADE_FILTERS, Filter("followers", has_followers))
