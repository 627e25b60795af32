"""What a rating is compared with, read once from the stored rows of its snapshot.

A published snapshot never changes, so what is read of it is kept in the process.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.contrib.postgres.aggregates import ArrayAgg
from django.core.cache import caches
from django.db.models import Q, QuerySet
from numpy.typing import NDArray

from portal.evaluation.engine import (
    Indicators,
    Method,
    Row,
    Statistics,
    evaluate,
    parse_method,
    statistics_of,
)
from portal.evaluation.models import IndicatorValue, Rating, Snapshot

EVERYBODY = "all"  # the segment above every service type
KEPT_SECONDS = 3600
FEWEST = 8  # rated in a segment before its medians and percentiles are shown
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Segment:
    """`statistics`: what values are drawn to and held within. `scores`: the composites of those
    rated, the highest first. `medians`: of each indicator's number on the scale, where eight or
    more have one."""

    name: str
    method: Method
    statistics: Statistics
    scores: Floats
    medians: dict[str, float]

    @property
    def median(self) -> float | None:
        return float(np.median(self.scores)) if len(self.scores) >= FEWEST else None

    def beaten_by(self, score: float) -> float:
        """The share of the others in the segment that stand below a score, 0 to 1."""
        others = max(len(self.scores) - 1, 1)
        return float((self.scores < score).sum()) / others


def engine_method(snapshot: Snapshot) -> Method:
    return parse_method(snapshot.method.document)


def segment_of(rating: Rating) -> Segment:
    snapshot, name = rating.snapshot, rating.segment
    key = f"evaluation:segment:{snapshot.pk}:{name}"
    kept: Segment | None = caches["local"].get(key)
    if kept is None:
        kept = _read(snapshot, name)
        caches["local"].set(key, kept, KEPT_SECONDS)
    return kept


def own_data(rating: Rating, segment: Segment, rows: list[IndicatorValue]) -> Indicators:
    """The rating alone, as the engine takes it: its own figures under its own key."""
    key = engine_key(rating)
    figures = [
        Row(key, row.indicator, row.value, row.sample) for row in rows if row.value is not None
    ]
    return Indicators.of_rows(
        figures,
        segments={key: segment.name},
        applies={key: _applied(rating)},
        gates={key: rating.gates},
        codes=segment.method.codes,
    )


def _read(snapshot: Snapshot, name: str) -> Segment:
    """Everybody within the segment, also those who are compared in a part of it: their composites
    as they are by this segment's yardstick."""
    method = engine_method(snapshot)
    members = {row.pk: row for row in _within(snapshot, name).select_related("service")}
    columns = _columns(snapshot, name)
    data = Indicators.of_rows(
        [
            Row(str(pk), code, value, sample)
            for code, column in columns.items()
            for pk, value, sample in zip(
                column["ratings"], column["values"], column["samples"], strict=True
            )
            if value is not None and code in method.codes
        ],
        segments={str(pk): name for pk in members},
        applies={str(pk): _applied(row) for pk, row in members.items()},
        gates={str(pk): row.gates for pk, row in members.items() if row.gates},
        codes=method.codes,
    )
    statistics = statistics_of(method, data)
    scores = evaluate(method, data, draws=0, statistics=statistics).score[:, -1]
    return Segment(
        name=name,
        method=method,
        statistics=statistics,
        scores=np.sort(scores[~np.isnan(scores)])[::-1],
        medians=_medians(columns),
    )


def _within(snapshot: Snapshot, name: str) -> QuerySet[Rating]:
    rows = Rating.objects.filter(snapshot=snapshot)
    if name == EVERYBODY:
        return rows
    return rows.filter(Q(own_segment=name) | Q(own_segment__startswith=f"{name}/"))


def engine_key(rating: Rating) -> str:
    """What the rating is called in the engine: the draws of its noisy values hang on it."""
    service = _applied(rating)
    return f"{rating.party_id}:{service}" if service else str(rating.party_id)


def _applied(rating: Rating) -> str:
    """What a method's `applies_to` names."""
    return rating.service.code if rating.service else ""


def _columns(snapshot: Snapshot, name: str) -> dict[str, dict[str, Any]]:
    """A row an indicator, with the figures of all: thousands of rows would take the page's time.
    The lists of one row are filled in one pass, so their places belong together."""
    rows = IndicatorValue.objects.filter(rating__in=_within(snapshot, name).values("pk"))
    grouped = rows.order_by().values("indicator")
    found = grouped.annotate(
        ratings=ArrayAgg("rating_id"),
        values=ArrayAgg("value"),
        samples=ArrayAgg("sample"),
        scaled=ArrayAgg("scaled"),
    )
    return {row["indicator"]: dict(row) for row in found}


def _medians(columns: dict[str, dict[str, Any]]) -> dict[str, float]:
    medians = {}
    for code, column in columns.items():
        known = [value for value in column["scaled"] if value is not None]
        if len(known) >= FEWEST:
            medians[code] = float(np.median(known))
    return medians


def indicator_measure(snapshot: Snapshot, indicator: str) -> str:
    """Which kind of fact an indicator of the snapshot's method is gathered from."""
    gathered: Mapping[str, Any] = snapshot.method.gathering.get("indicators", {})
    return str(gathered.get(indicator, {}).get("measure", ""))
