from __future__ import annotations

from datetime import date

from portal.reconciliation.fields import Count
from portal.reconciliation.selectors.bank import count_bank
from portal.reconciliation.selectors.days import (
    Cell,
    MonthOf,
    figures_of,
    kinds_of,
    known_days,
    months_of,
    rows_for,
)
from portal.reconciliation.selectors.orders import FeedCounting
from portal.reconciliation.selectors.words import expected_of, found_of, meaning_of, subject_of
from portal.revenue.models import Feed


def count_feed(feed: Feed, day: date) -> Count:
    return FeedCounting(feed, day).count()


__all__ = [
    "Cell",
    "MonthOf",
    "count_bank",
    "count_feed",
    "expected_of",
    "figures_of",
    "found_of",
    "kinds_of",
    "known_days",
    "meaning_of",
    "months_of",
    "rows_for",
    "subject_of",
]
