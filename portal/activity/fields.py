"""Days, figures and distributions as values: the same for page, file, API and demo."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

NUMBERS = ("followers", "shopping_followers", "videos", "lives")
MOST = {
    "followers": 2_000_000_000,
    "shopping_followers": 2_000_000_000,
    "videos": 1_000,
    "lives": 100,
}


@dataclass(frozen=True, slots=True)
class DayFields:
    """`shopping_followers` is None where it is not known; that is not 0."""

    party_id: int
    day: date
    followers: int
    videos: int
    lives: int
    has_sold: bool
    shopping_followers: int | None = None


FIGURES = {  # of a creator, each with the most it can be; of the 30 days before unless said
    "videos": 1_000_000,  # published in all
    "average_views": 2_000_000_000,  # of a video
    "average_viewers": 100_000_000,  # in a live room at once
    "live_minutes": 30 * 24 * 60,
    "gpm_fen": 10_000_000_00,  # sales for a thousand views
    "average_price_fen": 1_000_000_00,  # of a thing sold
    "commission_bp": 10_000,  # of sales, on average
    "promised": 100_000,  # videos and live sessions agreed on, in 90 days
    "kept": 100_000,  # of these delivered in time
    "deposit_fen": 10_000_000_00,  # paid, at the moment
}


@dataclass(frozen=True, slots=True)
class FiguresFields:
    """What is known of a creator on a day; None is not known, and not 0. Money in fen, shares in
    basis points."""

    party_id: int
    day: date
    videos: int | None = None
    average_views: int | None = None
    average_viewers: int | None = None
    live_minutes: int | None = None
    gpm_fen: int | None = None
    average_price_fen: int | None = None
    commission_bp: int | None = None
    promised: int | None = None
    kept: int | None = None
    deposit_fen: int | None = None


@dataclass(frozen=True, slots=True)
class DistributionFields:
    """How something falls into parts: code → basis points, 10,000 together."""

    party_id: int
    kind: str
    day: date
    parts: Mapping[str, int]
