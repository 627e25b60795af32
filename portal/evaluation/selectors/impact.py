"""Whom one snapshot moves against another, and how far."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import floor
from statistics import fmean, median
from typing import Any

from portal.evaluation.computing import EVERYBODY, LEAST
from portal.evaluation.models import Rating, Snapshot
from portal.parties.models import Party

RISEN = 1.0  # points from which a score has risen or fallen, not just moved
BIN = 2  # points a bar of the histogram
MOST_BIN = 10  # points: the last bars hold what lies beyond
MOST_MOVERS = 20


@dataclass(frozen=True, slots=True)
class Move:
    """One party in one service, rated in both."""

    party_id: int
    service_id: int | None
    segment: str
    before: float
    after: float
    rank_before: int
    rank_after: int

    @property
    def points(self) -> float:
        return self.after - self.before

    @property
    def places(self) -> int:
        """Above zero for the better."""
        return self.rank_before - self.rank_after


def moves_between(base: Snapshot, other: Snapshot) -> list[Move]:
    before = {_key(row): row for row in _rated(base)}
    return [
        Move(
            party_id=row.party_id,
            service_id=row.service_id,
            segment=row.segment,
            before=was.score or 0,
            after=row.score or 0,
            rank_before=was.rank or 0,
            rank_after=row.rank or 0,
        )
        for row in _rated(other)
        if (was := before.get(_key(row))) is not None
    ]


def impact_of(base: Snapshot, other: Snapshot) -> dict[str, Any]:
    """The impact table as it is kept with a method and shown to everybody: of no single party, and
    of no segment with fewer than eight."""
    moves = moves_between(base, other)
    by_segment: defaultdict[str, list[Move]] = defaultdict(list)
    for move in moves:
        by_segment[move.segment].append(move)
    return {
        "from": base.method.version,
        "to": other.method.version,
        "ends_on": other.ends_on.isoformat(),
        "rated_before": _rated(base).count(),
        "rated_after": _rated(other).count(),
        "all": _row(EVERYBODY, moves),
        "segments": [
            _row(segment, some)
            for segment, some in sorted(by_segment.items())
            if len(some) >= LEAST
        ],
        "histogram": histogram([move.points for move in moves]),
    }


def histogram(points: Iterable[float]) -> list[dict[str, int]]:
    """How many moved by how much: bars of two points, from −10 to +10 and what lies beyond."""
    most = MOST_BIN // BIN
    counts = Counter(min(max(floor(one / BIN), -most), most - 1) for one in points)
    return [
        {"from": place * BIN, "to": place * BIN + BIN, "count": counts[place]}
        for place in range(-most, most)
    ]


def rank_correlation(before: Sequence[float], after: Sequence[float]) -> float | None:
    """Spearman's: Pearson's of mean ranks; None for fewer than two or where all are alike."""
    a, b = _mean_ranks(before), _mean_ranks(after)
    if len(a) < 2:
        return None
    middle = (len(a) + 1) / 2
    both = sum((x - middle) * (y - middle) for x, y in zip(a, b, strict=True))
    spread = sum((x - middle) ** 2 for x in a) * sum((y - middle) ** 2 for y in b)
    return both / spread**0.5 if spread else None


def _row(segment: str, moves: Sequence[Move]) -> dict[str, Any]:
    points = [move.points for move in moves]
    known = rank_correlation([move.before for move in moves], [move.after for move in moves])
    return {
        "segment": segment,
        "rated": len(moves),
        "mean": round(fmean(points), 2) if points else None,
        "median": round(median(points), 2) if points else None,
        "risen": sum(one >= RISEN for one in points),
        "fallen": sum(one <= -RISEN for one in points),
        "most": round(max(map(abs, points)), 2) if points else None,
        "rank_correlation": None if known is None else round(known, 3),
    }


def _mean_ranks(values: Sequence[float]) -> list[float]:
    """From 1 for the least; equal ones share the mean of their places."""
    places: defaultdict[float, list[int]] = defaultdict(list)
    for place, value in enumerate(sorted(values), 1):
        places[value].append(place)
    means: Mapping[float, float] = {value: fmean(some) for value, some in places.items()}
    return [means[value] for value in values]


def _rated(snapshot: Snapshot) -> Any:
    return Rating.objects.filter(snapshot=snapshot, score__isnull=False)


def _key(row: Rating) -> tuple[int, int | None]:
    return row.party_id, row.service_id


def biggest_movers(base: Snapshot, other: Snapshot) -> list[tuple[str, Move]]:
    """Names of the parties that move the farthest, for operators."""
    moves = sorted(moves_between(base, other), key=lambda move: -abs(move.points))[:MOST_MOVERS]
    names = dict(
        Party.objects.filter(pk__in=[move.party_id for move in moves]).values_list("pk", "name")
    )
    return [(names[move.party_id], move) for move in moves]
