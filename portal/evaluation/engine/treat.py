"""The path of an indicator's values: drop → shrink → cap → winsorise → transform → position.

All of it works on one indicator and any number of values, so that the same lines serve the scores
of a segment, the opening of one number and the draws.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from .curves import positions_of, transformed, units_of
from .indicators import BoolArray, FloatArray, Indicators, IntArray
from .method import Indicator, Method


@dataclass(frozen=True)
class Steps:
    """What became of the values; NaN where there is none. units: from 0 to 1."""

    shrunk: FloatArray
    capped: FloatArray
    winsorised: FloatArray
    transformed: FloatArray
    positions: list[FloatArray]
    units: FloatArray


@dataclass(frozen=True)
class Statistics:
    """What the parties of a segment have in common: (segments, indicators) each.

    priors: the sample-weighted means, NaN where nobody has a sample size.
    least, most: the percentiles at which values are winsorised, NaN where that is off.
    """

    segments: tuple[str, ...]
    priors: FloatArray
    least: FloatArray
    most: FloatArray

    def rows_of(self, segments: tuple[str, ...]) -> IntArray:
        at = {segment: row for row, segment in enumerate(self.segments)}
        return np.array([at[segment] for segment in segments], dtype=np.int64)


def usable(method: Method, data: Indicators) -> tuple[FloatArray, FloatArray]:
    """Values (n, k) that apply to their party and have the sample they need, else NaN; samples."""
    values, samples = data.columns(method.codes)
    with np.errstate(invalid="ignore"):
        too_few = np.stack(
            [samples[:, at] < (one.min_sample or 0) for at, one in enumerate(method.indicators)],
            axis=1,
        )
    return np.where(too_few | ~applicable(method, data), np.nan, values), samples


def applicable(method: Method, data: Indicators) -> BoolArray:
    """(n, k): does this indicator count for this party at all?"""
    keys = np.array(data.applies, dtype=object)
    every = np.ones((len(data.parties), len(method.indicators)), dtype=np.bool_)
    for at, indicator in enumerate(method.indicators):
        if indicator.applies_to is not None:
            every[:, at] = np.isin(keys, list(indicator.applies_to))
    return every


def statistics_of(method: Method, data: Indicators) -> Statistics:
    values, samples = usable(method, data)
    segments = tuple(sorted(set(data.segments)))
    shape = (len(segments), len(method.indicators))
    found = Statistics(segments, *(np.full(shape, np.nan) for _ in range(3)))
    rows = found.rows_of(data.segments)
    for at, indicator in enumerate(method.indicators):
        value, sample = values[:, at], samples[:, at]
        found.priors[:, at] = _means(value, sample, rows, len(segments))
        if method.winsorise:
            capped = cap(indicator, shrink(indicator, value, sample, found.priors[rows, at]))
            found.least[:, at], found.most[:, at] = _percentiles(
                capped, rows, len(segments), method.winsorise
            )
    return found


def units_by_party(method: Method, data: Indicators, statistics: Statistics) -> FloatArray:
    """(n, k) from 0 to 1, NaN where absent."""
    units = [steps.units for steps in every_step(method, data, statistics)]
    return np.stack(units, axis=1)


def every_step(method: Method, data: Indicators, statistics: Statistics) -> Iterator[Steps]:
    """Of each indicator, with a row for each party."""
    values, samples = usable(method, data)
    rows = statistics.rows_of(data.segments)
    for at, indicator in enumerate(method.indicators):
        common = (statistics.priors, statistics.least, statistics.most)
        yield steps_of(
            indicator, values[:, at], samples[:, at], *(figures[rows, at] for figures in common)
        )


def steps_of(
    indicator: Indicator,
    values: FloatArray,
    samples: FloatArray,
    prior: FloatArray,
    least: FloatArray,
    most: FloatArray,
) -> Steps:
    """values: usable ones. The other arrays are broadcast against them."""
    shrunk = shrink(indicator, values, samples, prior)
    capped = cap(indicator, shrunk)
    winsorised = np.fmin(np.fmax(capped, least), most)
    winsorised = np.where(np.isnan(values), np.nan, winsorised)
    on_curve = transformed(indicator.transform, winsorised)
    positions = positions_of(indicator, on_curve)
    return Steps(shrunk, capped, winsorised, on_curve, positions, units_of(positions))


def shrink(
    indicator: Indicator, values: FloatArray, samples: FloatArray, prior: FloatArray
) -> FloatArray:
    """(n·value + m·prior) / (n + m); the value itself without a sample size or a prior."""
    if indicator.shrink is None:
        return values
    strength = indicator.shrink.strength
    if indicator.shrink.prior is not None:
        prior = np.full_like(prior, indicator.shrink.prior)
    total = samples + strength
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        shrunk = (samples * values + strength * prior) / total
    return np.where(np.isfinite(shrunk) & (total > 0), shrunk, values)


def cap(indicator: Indicator, values: FloatArray) -> FloatArray:
    return values if indicator.cap is None else np.minimum(values, indicator.cap)


def _means(values: FloatArray, samples: FloatArray, rows: IntArray, segments: int) -> FloatArray:
    """Sample-weighted, of each segment; summed in the order of the parties."""
    counts = ~np.isnan(values) & ~np.isnan(samples)
    rows, values, samples = rows[counts], values[counts], samples[counts]
    with np.errstate(over="ignore", invalid="ignore"):
        products = samples * values
    weighted = np.bincount(rows, products, minlength=segments)
    weights = np.bincount(rows, samples, minlength=segments)
    return np.divide(weighted, weights, out=np.full(segments, np.nan), where=weights > 0)


def _percentiles(
    values: FloatArray, rows: IntArray, segments: int, percents: tuple[float, float]
) -> tuple[FloatArray, FloatArray]:
    """Two percentiles of each segment, interpolated linearly; NaN for one without a value."""
    is_there = ~np.isnan(values)
    rows, values = rows[is_there], values[is_there]
    values = values[np.lexsort((values, rows))]
    counts = np.bincount(rows, minlength=segments)
    first = np.cumsum(counts) - counts
    low, high = (_at(values, first, counts, percent / 100) for percent in percents)
    return low, high


def _at(values: FloatArray, first: IntArray, counts: IntArray, share: float) -> FloatArray:
    """The value at this share of the way through each sorted stretch of `counts` from `first`."""
    found = np.full(len(counts), np.nan)
    some = counts > 0
    way = share * (counts[some] - 1)
    below = np.floor(way).astype(np.int64)
    above = np.minimum(below + 1, counts[some] - 1)
    low, high = values[first[some] + below], values[first[some] + above]
    with np.errstate(over="ignore", invalid="ignore"):
        found[some] = low + (high - low) * (way - below)
    return found
