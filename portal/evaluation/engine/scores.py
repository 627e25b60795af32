"""Scoring: from a method and what is known of the parties to scores, bands and ranks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .aggregate import aggregated
from .bands import draw_bands
from .indicators import FloatArray, Indicators, IntArray
from .method import Method
from .ranks import ranks_in
from .treat import Statistics, applicable, statistics_of, units_by_party


@dataclass(frozen=True)
class Scores:
    """A row for each of `parties`, a column for each of `columns` (dimensions, then composite).

    score: NaN where not rated.
    low, high: the 5th and 95th percentiles of the draws; NaN where not rated or without draws.
    coverage: from 0 to 1.
    rank: in the segment, from 1; 0 for none.
    rank_best, rank_worst: (n,) of the composite, the 5th and 95th percentiles of its rank over the
    draws; None where they were not asked for, NaN for none.
    """

    columns: tuple[str, ...]
    parties: tuple[str, ...]
    segments: tuple[str, ...]
    score: FloatArray
    low: FloatArray
    high: FloatArray
    coverage: FloatArray
    rank: IntArray
    rank_best: FloatArray | None = None
    rank_worst: FloatArray | None = None


def evaluate(
    method: Method,
    data: Indicators,
    *,
    draws: int | None = None,
    statistics: Statistics | None = None,
    rank_ranges: bool = False,
) -> Scores:
    """draws: instead of the method's. statistics: of the segments, if known already.

    rank_ranges: also where the composite's rank lies over the draws; takes 4 bytes a party and
    draw.
    """
    statistics = statistics or statistics_of(method, data)
    units = units_by_party(method, data, statistics)
    board = aggregated(method, data, units, applicable(method, data))
    count = method.draws if draws is None else draws
    bands = draw_bands(method, data, statistics, board, count, rank_ranges=rank_ranges)
    segments = statistics.rows_of(data.segments)
    return Scores(
        columns=method.columns,
        parties=data.parties,
        segments=data.segments,
        score=board.scores,
        low=bands.low,
        high=bands.high,
        coverage=board.coverage,
        rank=np.stack([ranks_in(segments, column) for column in board.scores.T], axis=1),
        rank_best=bands.rank_best,
        rank_worst=bands.rank_worst,
    )
