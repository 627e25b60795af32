"""From what facts folded into to ratings: segments, scores, medians, percentiles, ties.

Each level of segments in use is one run of the engine over everybody of its segments, so a party
that is compared in the parent is compared with all of it. Figures of one segment never meet those
of another, so a file of one segment gives the same scores.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

from portal.evaluation.computing.results import (
    DECIMALS,
    Folded,
    Scored,
    ScoredDimension,
    ScoredValue,
    Subject,
)
from portal.evaluation.engine import Indicators, Method, Scores, evaluate, statistics_of
from portal.evaluation.engine.treat import units_by_party
from portal.evaluation.segments import LEAST, compared_in, is_within, own_segment

EMPTY = Folded(None, None)
Report = Callable[[int, int], None]


def rated(
    method: Method,
    subjects: Sequence[Subject],
    *,
    gates: Mapping[int, Sequence[str]],
    draws: int,
    report: Report = lambda done, total: None,
) -> list[Scored]:
    """Every subject's rating, by key. `report(done, total)` is called after each segment."""
    own = {one.key: own_segment(one.service, one.band) for one in subjects}
    chosen = compared_in(own, _rated_keys(method, subjects))
    segments = sorted(set(chosen.values()))
    found: list[Scored] = []
    for done, segment in enumerate(segments, 1):
        inside = [one for one in subjects if is_within(own[one.key], segment)]
        board = _Board(method, segment, inside, gates, draws)
        found += [board.rating(one, own[one.key]) for one in inside if chosen[one.key] == segment]
        report(done, len(segments))
    return sorted(found, key=lambda rating: rating.subject.key)


def indicators_of(
    method: Method,
    subjects: Iterable[Subject],
    gates: Mapping[int, Sequence[str]],
    segment: str,
) -> Indicators:
    """What the engine reads of one segment. Of gates, those the method knows."""
    subjects = list(subjects)
    known = {gate.code for gate in method.gates}
    return Indicators.of_rows(
        [
            (one.key, code, folded.value, folded.sample)
            for one in subjects
            for code, folded in one.values.items()
            if folded.value is not None and code in method.codes
        ],
        segments={one.key: segment for one in subjects},
        applies={one.key: one.service for one in subjects},
        gates={
            one.key: known.intersection(gates[one.party_id])
            for one in subjects
            if one.party_id in gates
        },
        codes=method.codes,
    )


def _rated_keys(method: Method, subjects: Sequence[Subject]) -> set[str]:
    """Whether somebody is rated does not depend on whom they are compared with."""
    data = indicators_of(method, subjects, {}, "")
    scores = evaluate(method, data, draws=0)
    return {
        key for key, score in zip(data.parties, scores.score[:, -1], strict=True) if score == score
    }


class _Board:
    """One segment, scored."""

    def __init__(
        self,
        method: Method,
        segment: str,
        inside: Sequence[Subject],
        gates: Mapping[int, Sequence[str]],
        draws: int,
    ) -> None:
        self.method, self.segment, self.gates = method, segment, gates
        data = indicators_of(method, inside, gates, segment)
        statistics = statistics_of(method, data)
        self.scores: Scores = evaluate(
            method, data, draws=draws, statistics=statistics, rank_ranges=draws > 0
        )
        self.units = units_by_party(method, data, statistics)
        self.rows = {key: row for row, key in enumerate(data.parties)}
        is_rated = ~np.isnan(self.scores.score)
        self.counts = is_rated.sum(axis=0)
        self.medians = [
            float(np.median(self.scores.score[is_rated[:, at], at])) if count >= LEAST else None
            for at, count in enumerate(self.counts)
        ]
        self.percentiles = np.stack([_percentiles(column) for column in self.units.T], axis=1)
        self.tied = self._tied()

    def rating(self, subject: Subject, own: str) -> Scored:
        row, last = self.rows[subject.key], len(self.method.dimensions)
        score, low, high, coverage, rank = self._cell(row, last)
        best, worst = self._rank_range(row)
        return Scored(
            subject=subject,
            own_segment=own,
            segment=self.segment,
            segment_rated=int(self.counts[last]),
            gates=list(self.gates.get(subject.party_id, [])),
            score=score,
            low=low,
            high=high,
            coverage=coverage,
            rank=rank,
            rank_best=best,
            rank_worst=worst,
            is_tied=row in self.tied,
            dimensions=[
                ScoredDimension(dimension.code, *self._cell(row, at), _six(self.medians[at]))
                for at, dimension in enumerate(self.method.dimensions)
            ],
            values=[
                ScoredValue(
                    indicator=code,
                    folded=subject.values.get(code, EMPTY),
                    scaled=_six(float(self.method.on_scale(self.units[row, at]))),
                    percentile=_six(self.percentiles[row, at]),
                )
                for at, code in enumerate(self.method.codes)
            ],
        )

    def _cell(
        self, row: int, at: int
    ) -> tuple[float | None, float | None, float | None, float, int | None]:
        scores = self.scores
        return (
            _six(scores.score[row, at]),
            _six(scores.low[row, at]),
            _six(scores.high[row, at]),
            round(float(scores.coverage[row, at]), DECIMALS),
            int(scores.rank[row, at]) or None,
        )

    def _rank_range(self, row: int) -> tuple[int | None, int | None]:
        """Whole places, and never past the place itself."""
        best, worst = self.scores.rank_best, self.scores.rank_worst
        rank = int(self.scores.rank[row, -1])
        if best is None or worst is None or not rank:
            return None, None
        return min(rank, int(np.floor(best[row]))), max(rank, int(np.ceil(worst[row])))

    def _tied(self) -> set[int]:
        """Rows whose interval meets that of the one above or below."""
        scores = self.scores
        order = sorted(
            np.flatnonzero(~np.isnan(scores.score[:, -1])),
            key=lambda row: (int(scores.rank[row, -1]), row),
        )
        tied: set[int] = set()
        for upper, lower in itertools.pairwise(order):
            if self._meet(int(upper), int(lower)):
                tied |= {int(upper), int(lower)}
        return tied

    def _meet(self, upper: int, lower: int) -> bool:
        scores = self.scores
        if np.isnan(scores.low[upper, -1]):
            return bool(scores.rank[upper, -1] == scores.rank[lower, -1])
        return bool(
            scores.high[lower, -1] >= scores.low[upper, -1]
            and scores.low[lower, -1] <= scores.high[upper, -1]
        )


def _percentiles(units: np.ndarray) -> np.ndarray:
    """Of each that has one, the percent of the others below it, half of those alike; NaN where
    fewer than eight have one."""
    found = np.full(len(units), np.nan)
    is_there = ~np.isnan(units)
    count = int(is_there.sum())
    if count < LEAST:
        return found
    own = units[is_there]
    ordered = np.sort(own)
    below = np.searchsorted(ordered, own, side="left")
    alike = np.searchsorted(ordered, own, side="right") - below - 1
    found[is_there] = 100 * (below + alike / 2) / (count - 1)
    return found


def _six(value: float | None) -> float | None:
    """As it is written everywhere: six decimals, never −0; None for none."""
    return None if value is None or np.isnan(value) else round(float(value), DECIMALS) + 0.0
