"""What a directory can be narrowed by, as tokens of the same index. They cannot collide."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from enum import IntEnum

import numpy as np

KINDS = ("merchant", "provider", "agency", "creator")
PRICE_BANDS = (0, 1_000_000, 3_000_000, 5_000_000, 10_000_000)  # where each begins, fen a month
SCORE_BANDS = (0, 6_000, 7_000, 8_000, 9_000)  # where each begins, hundredths of a point
NOT_RATED_BAND = len(SCORE_BANDS)
SIZE_BANDS = {  # where each begins, from the smallest that has a size at all
    "provider": (1, 5, 20, 50),  # people in the team
    "agency": (1, 5, 20, 100),  # creators under contract
    "creator": (0, 10_000, 100_000, 1_000_000, 10_000_000),  # followers
}
SETTLED_BANDS = ("S", "M", "L")  # of providers, as their evaluation compares them
GOODS_BANDS = (0, 5_000, 10_000, 20_000, 50_000)  # where each begins, fen a piece
MARKED = 100  # among the values of STARS: holds the top-100 mark; sixteen facets are all there are
SAMPLES, SAMPLE_BLOCK = 64, 64  # neighbours share their pages, so they share a sample


class Facet(IntEnum):
    """ALL: every profile of its kind; SAMPLE: one of `SAMPLES` even parts of them."""

    ALL = 0
    SAMPLE = 1
    CATEGORY = 2
    SERVICE = 3
    CITY = 4
    REGION = 5
    TIER = 6
    REMOTE = 7
    PRICE = 8
    SCORE = 9
    SIZE = 10
    FACT = 11
    BELT = 12
    SHOP = 13
    TEAM = 14
    STARS = 15


VALUE_BITS, FACET_BITS = 12, 4
CODE_BITS = VALUE_BITS + FACET_BITS


def facet_token(kind: str, facet: Facet, value: int) -> int:
    """Below zero, where no hash of a text is."""
    if not 0 <= value < 1 << VALUE_BITS:
        raise ValueError(f"a facet's value has {VALUE_BITS} bits, not {value}")
    return -1 - (((KINDS.index(kind) << FACET_BITS | facet) << VALUE_BITS) | value)


def sample_of(key: int) -> int:
    """The even part of all profiles that this one belongs to."""
    return key // SAMPLE_BLOCK % SAMPLES


def packed(tokens: Iterable[int]) -> bytes:
    """Facets of one profile in two bytes each, to be counted by `count_packed`."""
    codes = [-1 - token & (1 << CODE_BITS) - 1 for token in tokens]
    return np.array(codes, dtype="<u2").tobytes()


def count_packed(kind: str, many: bytes) -> dict[int, int]:
    """How often each facet stands in the packed facets of many profiles of one kind."""
    counts = np.bincount(np.frombuffer(many, dtype="<u2"))
    first = -1 - (KINDS.index(kind) << CODE_BITS)
    return {first - int(code): int(counts[code]) for code in counts.nonzero()[0]}


def price_bands(low: int, high: int) -> range:
    """The bands that prices from `low` to `high` (fen a month, inclusive) reach into."""
    first = bisect_right(PRICE_BANDS, low) - 1
    return range(max(first, 0), max(bisect_left(PRICE_BANDS, high), first + 1))


def score_band(score: int | None) -> int:
    """The band of a score in hundredths of a point; who has none is in a band of its own."""
    return NOT_RATED_BAND if score is None else bisect_right(SCORE_BANDS, score) - 1


def size_band(kind: str, size: int) -> int | None:
    """The band of a size (people, creators, followers: whatever the kind is counted by)."""
    bands = SIZE_BANDS.get(kind, ())
    return bisect_right(bands, size) - 1 if bands and size >= bands[0] else None


def goods_band(price: int) -> int:
    """The band of an average price of things sold, in fen."""
    return max(bisect_right(GOODS_BANDS, price) - 1, 0)
