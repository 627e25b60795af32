from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from portal.reconciliation.fields import Count
from portal.reconciliation.selectors.bank import count_bank
from portal.reconciliation.selectors.days import (
    MOST_MATCHES,
    NEAR,
    Cell,
    MonthOf,
    figures_of,
    kinds_of,
    known_days,
    matches_for,
    months_of,
    rows_for,
)
from portal.reconciliation.selectors.orders import FeedCounting
from portal.reconciliation.selectors.strays import Stray, findings_of, strays_between
from portal.reconciliation.selectors.words import expected_of, found_of, meaning_of, subject_of
from portal.revenue.models import Feed


def count_feed(feed: Feed, day: date, strays: Sequence[Stray] | None = None) -> Count:
    """`strays`: those of the days around, where several days are counted."""
    known = strays_between(day, day) if strays is None else strays
    counted = FeedCounting(feed, day).count()
    counted.findings += findings_of([one for one in known if (one.feed, one.day) == (feed.pk, day)])
    return counted


__all__ = [
    "MOST_MATCHES",
    "NEAR",
    "Cell",
    "MonthOf",
    "Stray",
    "count_bank",
    "count_feed",
    "expected_of",
    "figures_of",
    "found_of",
    "kinds_of",
    "known_days",
    "matches_for",
    "meaning_of",
    "months_of",
    "rows_for",
    "strays_between",
    "subject_of",
]
