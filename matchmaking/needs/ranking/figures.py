"""What a candidate can still take on, and how many it reaches. What these are read from writes into
the journal of offers (see the triggers of migration 0015), so a kept market is brought up to date
with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.db.models import Count, Q, Sum
from numpy.typing import NDArray

from matchmaking.cooperation.models import Cooperation
from matchmaking.needs.states import LEVEL_FROM
from portal.parties.models import ProviderProfile, Reach, RosterEntry
from portal.parties.search.facets import GOODS_BANDS

WHOLE = 10_000  # basis points
FEWEST = 3  # creators, before an agency's sum says nothing about a single one of them


def places_of(ids: Sequence[int] | None) -> dict[int, float]:
    """By provider: what it says it can do at once, less what runs here and elsewhere. Who has not
    said is missing. `ids`: of these, or of all."""
    said = ProviderProfile.objects.filter(capacity__isnull=False)
    live = Cooperation.objects.live()
    if ids is not None:
        said, live = said.filter(party__in=ids), live.filter(provider__in=ids)
    running = dict(live.order_by().values_list("provider").annotate(n=Count("pk")))
    rows = said.values_list("party_id", "capacity", "busy_elsewhere")
    return {pk: float(max(0, (most or 0) - busy - running.get(pk, 0))) for pk, most, busy in rows}


@dataclass(frozen=True, slots=True)
class Audiences:
    """Of creators, in the order asked for: followers, those who buy, and the share of their sales
    in each price band. NaN is not known."""

    reach: NDArray[np.float64]
    shopping: NDArray[np.float64]
    goods: NDArray[np.float64]


def audiences_of(ids: Sequence[int], named: Sequence[int] | None) -> Audiences:
    """`named`: the same ids, or None where naming them would cost more."""
    known = Reach.objects.all() if named is None else Reach.objects.filter(party__in=named)
    rows = known.values_list("party_id", "followers", "shopping_followers", "goods_bp")
    said = {pk: (followers, shopping, goods) for pk, followers, shopping, goods in rows}
    found = Audiences(
        np.full(len(ids), np.nan),
        np.full(len(ids), np.nan),
        np.full((len(ids), len(GOODS_BANDS)), np.nan),
    )
    for row, pk in enumerate(ids):
        followers, shopping, goods = said.get(pk, (None, None, None))
        found.reach[row] = np.nan if followers is None else followers
        found.shopping[row] = np.nan if shopping is None else shopping
        if goods is not None:
            found.goods[row] = np.array(goods) / WHOLE
    return found


@dataclass(frozen=True, slots=True)
class Rosters:
    """Of agencies, in the order asked for: how many follow their creators together, NaN where too
    few are known; how many creators, of any level and known at each level or above; and of how
    many the followers are not known."""

    reach: NDArray[np.float64]
    counts: NDArray[np.float64]
    unmeasured: NDArray[np.float64]


def rosters_of(ids: Sequence[int], named: Sequence[int] | None) -> Rosters:
    running = RosterEntry.objects.running()
    if named is not None:
        running = running.filter(agency__in=named)
    followers = "creator__reach__followers"
    levels = {
        level.value: Count("pk", filter=Q(**{f"{followers}__gte": least}))
        for level, least in LEVEL_FROM.items()
    }
    rows = running.order_by().values_list("agency")
    told = rows.annotate(all=Count("pk"), known=Count(followers), sum=Sum(followers), **levels)
    found = Rosters(
        np.full(len(ids), np.nan), np.zeros((len(ids), 1 + len(levels))), np.zeros(len(ids))
    )
    place = {pk: row for row, pk in enumerate(ids)}
    for pk, everyone, known, together, *at_levels in told:
        if (row := place.get(pk)) is not None:
            found.counts[row] = [everyone, *at_levels]
            found.unmeasured[row] = everyone - known
            found.reach[row] = together if known >= FEWEST else np.nan
    return found


def goods_shares(low_fen: int, high_fen: int) -> NDArray[np.float64]:
    """Prices from `low_fen` to `high_fen`, spread evenly over the bands they touch."""
    edges = np.array(GOODS_BANDS[1:])
    first, last = (int(np.searchsorted(edges, fen, side="right")) for fen in (low_fen, high_fen))
    shares = np.zeros(len(GOODS_BANDS))
    shares[first : last + 1] = 1 / (last + 1 - first)
    return shares
