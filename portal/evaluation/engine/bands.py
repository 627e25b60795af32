"""From draws to bands: where nine in ten draws put a score, and a rank."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from .aggregate import Board, caps_of
from .draws import Drawn, Draws
from .indicators import FloatArray, Indicators, IntArray
from .method import Method
from .ranks import ranks_in
from .treat import Statistics

LOW, HIGH = 0.05, 0.95
BLOCK = 131_072  # parties × draws at a time: what a processor's second cache holds of them


@dataclass(frozen=True)
class Bands:
    """low, high: (n, c) the 5th and 95th percentiles, NaN where there is no score.
    rank_best, rank_worst: (n,) the same of the composite's rank, None if not asked for."""

    low: FloatArray
    high: FloatArray
    rank_best: FloatArray | None = None
    rank_worst: FloatArray | None = None


def draw_bands(
    method: Method,
    data: Indicators,
    statistics: Statistics,
    board: Board,
    draws: int,
    *,
    rank_ranges: bool = False,
) -> Bands:
    """Empty bands without draws. Raises ValueError for a number of draws below 0."""
    if draws < 0:
        raise ValueError("draws: below 0")
    low, high = np.full(board.scores.shape, np.nan), np.full(board.scores.shape, np.nan)
    if not draws:
        return Bands(low, high)
    is_rated = ~np.isnan(board.scores)
    drawn = Draws(method, data, statistics, board, draws)
    wholes = np.empty((len(data.parties) if rank_ranges else 0, draws), dtype=np.float32)
    for rows in _blocks(len(data.parties), draws):
        columns = drawn.columns(rows)
        if rank_ranges:
            wholes[rows] = np.where(is_rated[rows, -1, None], columns[-1], np.nan)
        for at, scores in enumerate(columns):
            low[rows, at], high[rows, at] = percentiles(scores)
    caps = caps_of(method, data)
    for ends in (low, high):
        at_cap = ends >= caps.astype(np.float32)
        ends[at_cap] = caps[at_cap]  # as it is written, not in single precision
        ends[~is_rated] = np.nan
    if not rank_ranges:
        return Bands(low, high)
    return Bands(low, high, *_rank_range(statistics.rows_of(data.segments), wholes))


def percentiles(scores: Drawn) -> tuple[FloatArray, FloatArray]:
    """The 5th and 95th of each row, interpolated linearly. Sorts the rows: for a thousand numbers
    that is quicker than NumPy's search for the four that matter."""
    scores.sort(axis=1)
    last = scores.shape[1] - 1
    low, high = (_at(scores, share * last, last) for share in (LOW, HIGH))
    return low, high


def _at(ordered: Drawn, way: float, last: int) -> FloatArray:
    below = int(way)
    first = ordered[:, below].astype(np.float64)
    second = ordered[:, min(below + 1, last)].astype(np.float64)
    return first + (second - first) * (way - below)


def _blocks(parties: int, draws: int) -> Iterator[slice]:
    size = max(1, BLOCK // draws)
    for first in range(0, parties, size):
        yield slice(first, min(first + size, parties))


def _rank_range(segments: IntArray, wholes: Drawn) -> tuple[FloatArray, FloatArray]:
    """Of each party, over the draws; overwrites the scores by their ranks. NaN without a score."""
    is_rated = ~np.isnan(wholes[:, 0])
    for draw in range(wholes.shape[1]):
        wholes[:, draw] = ranks_in(segments, wholes[:, draw].astype(np.float64))
    best, worst = percentiles(wholes)
    return np.where(is_rated, best, np.nan), np.where(is_rated, worst, np.nan)
