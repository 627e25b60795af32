"""Who counts as a newcomer on a day, by the published rule."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from threading import Lock
from typing import cast

import numpy as np
from django.db.models import Count

from matchmaking.cooperation.models import Cooperation
from matchmaking.engine.ranking import Newcomers
from matchmaking.engine.ranking.profiles import BoolArray, IntArray
from matchmaking.needs.ranking.market import Market
from portal.core import clock
from portal.core.clock import SHANGHAI

_known: dict[str, list[int]] = {}
_lock = Lock()


def newcomers_of(market: Market, rule: Newcomers) -> BoolArray:
    """(N,) of the market's pool: verified lately, and with few awards before this day."""
    first_day = clock.today() - timedelta(days=rule.verified_within_days)
    verified = cast("IntArray", market.pool.verified_day)  # every listed party was
    young: BoolArray = verified >= first_day.toordinal()
    return young & ~np.isin(market.pool.ids, _with_awards(market, rule))


def _with_awards(market: Market, rule: Newcomers) -> list[int]:
    """Those verified lately who have enough awards already. Awards of the day itself do not count,
    so that an order stays the same all day; and the answer may be kept for as long."""
    today = clock.today().isoformat()
    with _lock:
        if market.is_shared and today in _known:
            return _known[today]
    found = _read_with_awards(rule)
    if market.is_shared:
        with _lock:
            _known.clear()
            _known[today] = found
    return found


def _read_with_awards(rule: Newcomers) -> list[int]:
    midnight = datetime.combine(clock.today(), time(), SHANGHAI)
    lately = midnight - timedelta(days=rule.verified_within_days)
    agreed = Cooperation.objects.filter(agreed_at__lt=midnight, provider__verified_at__gte=lately)
    awards = agreed.values("provider").annotate(n=Count("pk"))
    return list(awards.filter(n__gte=rule.fewer_awards_than).values_list("provider", flat=True))
