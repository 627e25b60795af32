"""What a snapshot says, before it is written and when it is looked at again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Folded:
    """What the facts of one indicator folded into; see `models.IndicatorValue`."""

    value: float | None
    sample: float | None
    facts: int = 0
    struck: int = 0
    ungraded: int = 0


@dataclass(frozen=True, slots=True)
class Subject:
    """Somebody to rate: a party in one of its services, or as a whole (`service` empty)."""

    party_id: int
    service_id: int | None
    service: str
    band: str
    is_home: bool
    values: Mapping[str, Folded]

    @property
    def key(self) -> str:
        """What it is called in the engine, and in the files of `manage.py evaluate`."""
        return key_of(self.party_id, self.service)


@dataclass(frozen=True, slots=True)
class ScoredDimension:
    dimension: str
    score: float | None
    low: float | None
    high: float | None
    coverage: float
    rank: int | None
    median: float | None


@dataclass(frozen=True, slots=True)
class ScoredValue:
    indicator: str
    folded: Folded
    scaled: float | None
    percentile: float | None


@dataclass(frozen=True, slots=True)
class Scored:
    """One rating: `models.Rating` with its dimensions and values."""

    subject: Subject
    own_segment: str
    segment: str
    segment_rated: int
    gates: list[str]
    score: float | None
    low: float | None
    high: float | None
    coverage: float
    rank: int | None
    rank_best: int | None
    rank_worst: int | None
    is_tied: bool
    dimensions: list[ScoredDimension] = field(default_factory=list)
    values: list[ScoredValue] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Result:
    """All ratings by key, with the three digests of the snapshot."""

    ratings: list[Scored]
    facts_digest: str
    facts_count: int
    values_digest: str
    scores_digest: str


def key_of(party_id: int, service: str) -> str:
    return f"{party_id}:{service}" if service else str(party_id)


def values_digest(subjects: Iterable[Subject]) -> str:
    """Of everything that goes into the engine, to the last bit."""
    return _digest(
        f"{subject.key},{code},{folded.value!r},{folded.sample!r}"
        for subject in subjects
        for code, folded in sorted(subject.values.items())
    )


def scores_digest(ratings: Iterable[Scored]) -> str:
    """Of the scores as they are written in files: six decimals."""
    return _digest(line for rating in ratings for line in _lines(rating))


def _lines(rating: Scored) -> Iterator[str]:
    key, segment = rating.subject.key, rating.segment
    for one in rating.dimensions:
        yield _line(key, one.dimension, one.score, one.low, one.high, one.coverage, one.rank)
    whole = (rating.score, rating.low, rating.high, rating.coverage, rating.rank)
    yield f"{_line(key, 'composite', *whole)},{segment}"


def _line(
    key: str,
    column: str,
    score: float | None,
    low: float | None,
    high: float | None,
    coverage: float,
    rank: int | None,
) -> str:
    numbers = ",".join("" if n is None else f"{n:.{DECIMALS}f}" for n in (score, low, high))
    return f"{key},{column},{numbers},{coverage:.{DECIMALS}f},{rank or ''}"


def _digest(lines: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for line in lines:
        digest.update(line.encode() + b"\n")
    return digest.hexdigest()
