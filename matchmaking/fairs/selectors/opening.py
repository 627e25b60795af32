"""A fair as everybody who presses at the opening second needs it, read once for all of them.

What operators change counts within a second, and at once in the process that changed it. What must
not be a second late, whether seats are free and whether a pool is closed, is asked of the database
by the statement that claims the seat.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

from matchmaking.fairs.models import Fair, FairPool

KEPT_SECONDS = 1.0
MOST_KEPT = 50


@dataclass(frozen=True, slots=True)
class Opening:
    """The fair with its occasion, city and thresholds, and its pools by key. Their counters are of
    the moment of reading."""

    fair: Fair
    pools: Mapping[int, FairPool]


_kept: dict[int, tuple[float, Opening]] = {}


def opening_of(pk: int) -> Opening:
    """Raises Fair.DoesNotExist. Whether somebody may see the fair is for the caller to ask."""
    now, found = time.monotonic(), _kept.get(pk)
    if found is None or now - found[0] > KEPT_SECONDS:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        found = _kept[pk] = now, _read(pk)
    return found[1]


def forget_opening(pk: int) -> None:
    """Called where a fair changes."""
    _kept.pop(pk, None)


def _read(pk: int) -> Opening:
    rows = Fair.objects.select_related("occasion", "city").prefetch_related("thresholds")
    fair = rows.get(pk=pk)
    pools = {row.pk: row for row in FairPool.objects.of(fair)}
    for row in pools.values():
        row.pool.occasion = fair.occasion
    return Opening(fair, pools)
