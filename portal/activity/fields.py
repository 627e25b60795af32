"""A day of a shop or creator as a value: the same for page, file, API and demo."""

from __future__ import annotations

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
