"""Snapshots for operators and everybody: coverage, distribution, how much ranks rest on weights."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, median

import numpy as np
from django.db.models import Avg, Count, Q, QuerySet

from portal.evaluation.computing import LEAST, method_of
from portal.evaluation.engine.aggregate import weighted_mean
from portal.evaluation.models import DimensionScore, IndicatorValue, Method, Rating, Snapshot
from portal.evaluation.selectors.documents import name_of
from portal.evaluation.selectors.impact import rank_correlation
from portal.evaluation.states import MethodStatus, SnapshotKind, SnapshotStatus

BIN, MOST = 10, 100  # points a bar of the distribution; the end of the scale
SHAKEN = 0.25  # a weight more or less, as in the draws


@dataclass(frozen=True, slots=True)
class SegmentLine:
    """One segment of a snapshot. Scores are told where eight or more are rated."""

    segment: str
    rated: int
    unrated: int
    coverage: float
    median: float | None
    bars: list[dict[str, int]]
    tied: int

    @property
    def share(self) -> float:
        """Percent of those in it that are rated."""
        return 100 * self.rated / max(self.rated + self.unrated, 1)


@dataclass(frozen=True, slots=True)
class IndicatorCoverage:
    """How many ratings have a number of an indicator, of those with a counted fact at all, and how
    many facts rules took out or grades left out."""

    code: str
    name: str
    known: int
    too_few: int
    struck: int
    ungraded: int


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """One dimension with a quarter more and less weight: rank correlation with the order as it is,
    and the most places anybody moves inside a segment."""

    name: str
    more: float | None
    less: float | None
    most_places: int


def other_version(method: Method) -> Method | None:
    """What an official snapshot is computed by beside, for one cycle of a change: the version
    that is announced, else the one retired since the last official one."""
    announced = Method.objects.filter(code=method.code, status=MethodStatus.ANNOUNCED).first()
    if announced is not None:
        return announced
    before = Snapshot.objects.official(method.code).first()
    if before is None:
        return None
    retired = Method.objects.filter(code=method.code, status=MethodStatus.RETIRED)
    return retired.filter(retired_at__gt=before.started_at).order_by("-retired_at").first()


def besides_of(snapshot: Snapshot) -> QuerySet[Snapshot]:
    """Those by the other version that wait to be published with an official one."""
    if snapshot.kind != SnapshotKind.OFFICIAL:
        return Snapshot.objects.none()
    waiting = (SnapshotStatus.COMPUTING, SnapshotStatus.READY, SnapshotStatus.FAILED)
    return Snapshot.objects.filter(
        method__code=snapshot.method.code,
        kind=SnapshotKind.BESIDE,
        ends_on=snapshot.ends_on,
        cut=snapshot.cut,
        status__in=waiting,
    ).select_related("method")


def segments_of(snapshot: Snapshot) -> list[SegmentLine]:
    """The segments that somebody is compared in, the largest first."""
    found: defaultdict[str, list[tuple[float | None, float, bool]]] = defaultdict(list)
    columns = ("segment", "score", "coverage", "is_tied")
    for segment, *row in Rating.objects.filter(snapshot=snapshot).values_list(*columns):
        found[segment].append(tuple(row))
    lines = [_line(segment, rows) for segment, rows in found.items()]
    return sorted(lines, key=lambda line: (-line.rated, line.segment))


def _line(segment: str, rows: Sequence[tuple[float | None, float, bool]]) -> SegmentLine:
    scores = [score for score, _coverage, _tied in rows if score is not None]
    is_told = len(scores) >= LEAST
    return SegmentLine(
        segment=segment,
        rated=len(scores),
        unrated=len(rows) - len(scores),
        coverage=100 * fmean(coverage for _score, coverage, _tied in rows),
        median=median(scores) if is_told else None,
        bars=distribution(scores) if is_told else [],
        tied=sum(tied for _score, _coverage, tied in rows),
    )


def distribution(scores: Iterable[float]) -> list[dict[str, int]]:
    """How many lie in each ten points of the scale."""
    counts = [0] * (MOST // BIN)
    for score in scores:
        counts[min(int(score) // BIN, len(counts) - 1)] += 1
    return [
        {"from": place * BIN, "to": place * BIN + BIN, "count": count}
        for place, count in enumerate(counts)
    ]


def coverage_of(snapshot: Snapshot) -> list[IndicatorCoverage]:
    """Indicator by indicator, in the method's order."""
    rows = IndicatorValue.objects.filter(rating__snapshot=snapshot).values("indicator")
    counted = rows.annotate(
        known=Count("pk", Q(scaled__isnull=False)),
        too_few=Count("pk", Q(scaled__isnull=True, facts__gt=0)),
        all_struck=Count("pk", Q(struck__gt=0)),
        all_ungraded=Count("pk", Q(ungraded__gt=0)),
    )
    by_code = {row["indicator"]: row for row in counted}
    return [
        IndicatorCoverage(
            code=one["code"],
            name=name_of(one),
            known=by_code[one["code"]]["known"],
            too_few=by_code[one["code"]]["too_few"],
            struck=by_code[one["code"]]["all_struck"],
            ungraded=by_code[one["code"]]["all_ungraded"],
        )
        for dimension in snapshot.method.document["dimensions"]
        for one in dimension["indicators"]
        if one["code"] in by_code
    ]


def sensitivity_of(snapshot: Snapshot) -> list[Sensitivity]:
    """Each dimension's weight a quarter more and a quarter less, the others as they are."""
    method = method_of(snapshot)
    ratings = Rating.objects.filter(snapshot=snapshot, score__isnull=False)
    segments = dict(ratings.values_list("pk", "segment"))
    places = {pk: row for row, pk in enumerate(segments)}
    codes = [dimension.code for dimension in method.dimensions]
    parts = np.full((len(places), len(codes)), np.nan)
    scores = DimensionScore.objects.filter(rating__in=ratings.values("pk"), score__isnull=False)
    for pk, code, score in scores.values_list("rating_id", "dimension", "score"):
        if pk in places:
            parts[places[pk], codes.index(code)] = score
    groups = np.array(list(segments.values()), dtype=object)
    weights = [dimension.weight for dimension in method.dimensions]

    def wholes(at: int, factor: float) -> np.ndarray:
        shaken = [w * (factor if place == at else 1) for place, w in enumerate(weights)]
        columns = list(np.nan_to_num(parts.T, nan=1.0))
        return weighted_mean(method.aggregate, columns, np.array(shaken), ~np.isnan(parts))

    if not places:
        return []
    base = wholes(0, 1.0)
    return [
        _sensitivity(
            name_of(document), base, wholes(at, 1 + SHAKEN), wholes(at, 1 - SHAKEN), groups
        )
        for at, document in enumerate(snapshot.method.document["dimensions"])
    ]


def _sensitivity(
    name: str, base: np.ndarray, more: np.ndarray, less: np.ndarray, groups: np.ndarray
) -> Sensitivity:
    return Sensitivity(
        name=name,
        more=rank_correlation(list(base), list(more)),
        less=rank_correlation(list(base), list(less)),
        most_places=max(_most_places(base, other, groups) for other in (more, less)),
    )


def _most_places(base: np.ndarray, other: np.ndarray, groups: np.ndarray) -> int:
    most = 0
    for group in set(groups):
        inside = groups == group
        before, after = (np.argsort(np.argsort(-scores[inside])) for scores in (base, other))
        most = max(most, int(np.abs(before - after).max()))
    return most


def count_rated(snapshot: Snapshot) -> dict[str, float]:
    """How many are rated, of how many, and how much of the weight is covered on average."""
    found = Rating.objects.filter(snapshot=snapshot).aggregate(
        all=Count("pk"), rated=Count("pk", Q(score__isnull=False)), coverage=Avg("coverage")
    )
    return {**found, "coverage": 100 * (found["coverage"] or 0)}
