"""How common a token is, as the database's own statistics say. They choose a plan, never a result:
a wrong figure costs time only."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection

KEPT_SECONDS = 300
STATISTICS = """
    SELECT greatest(c.reltuples, 0), s.most_common_elems::text::int[], s.most_common_elem_freqs
    FROM pg_class c LEFT JOIN pg_stats s
      ON s.schemaname = 'public' AND s.tablename = c.relname AND s.attname = 'tokens'
    WHERE c.oid = 'public.parties_listing'::regclass
"""


@dataclass(frozen=True, slots=True)
class Frequencies:
    """`rows`: how many there are of every kind; `shares`: the part of them that has a token. One
    that is not named is rare."""

    rows: float
    shares: dict[int, float] = field(default_factory=dict)

    def share(self, token: int) -> float:
        return self.shares.get(token, 0.0)

    def rarest(self, tokens: Iterable[int], most: int) -> list[int]:
        return sorted(tokens, key=lambda token: (self.share(token), token))[:most]


_kept: tuple[float, Frequencies] | None = None


def frequencies() -> Frequencies:
    """Read at most every five minutes: they are thousands of numbers and change slowly."""
    global _kept
    if _kept is None or time.monotonic() - _kept[0] > KEPT_SECONDS:
        _kept = time.monotonic(), read_frequencies()
    return _kept[1]


def read_frequencies() -> Frequencies:
    with connection.cursor() as cursor:
        cursor.execute(STATISTICS)
        rows, tokens, shares = cursor.fetchone()
    # The statistics end with the least and the greatest share, which belong to no token.
    return Frequencies(rows, dict(zip(tokens or [], shares or [], strict=False)))
