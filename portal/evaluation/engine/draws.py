"""How sure a score is: the method's weights and goalposts, and noisy values, drawn many times.

Each draw multiplies every weight by a uniform from 0.75 to 1.25 and moves every goalpost by a
normal of 2% of its span, both on the transformed axis, where a span keeps its meaning: a goalpost
of 1 on a logarithmic axis to 60 cannot move by 1.2 merchants. Values with noise take their path
anew. What the segment has in common (priors, percentiles) and what is absent stays as it is.

Memory: a block of parties × draws at a time. Figures of one party never meet those of another, so
neither the size of a block nor the other parties move a band.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .aggregate import Board, caps_of, weighted_mean
from .curves import FARTHEST, ramps_of
from .indicators import BoolArray, FloatArray, Indicators
from .method import Kind, Method
from .noise import NoisyValues
from .streams import normals, stream, uniforms
from .treat import Statistics, every_step

Drawn = NDArray[np.floating[Any]]

LEAST_FACTOR, MOST_FACTOR = 0.75, 1.25
GOALPOST_SD = 0.02  # of the span
MOST_PATTERNS = 64  # of presence in a dimension, summed beforehand: all there can be of six


@dataclass(frozen=True)
class Shaken:
    """The method in each draw.

    weights: (k, draws) of the indicators; wholes: (m, draws) of the dimensions.
    slopes, shifts: by indicator, for each of its ramps (draws,): position → slope × position +
    shift, which is the position between the moved goalposts.
    """

    weights: Drawn
    wholes: Drawn
    slopes: list[list[Drawn]]
    shifts: list[list[Drawn]]


def shaken(method: Method, draws: int) -> Shaken:
    def factors(what: str, code: str) -> FloatArray:
        span = MOST_FACTOR - LEAST_FACTOR
        return LEAST_FACTOR + span * uniforms(stream(method.seed, "weight", what, code), draws)

    weights = [one.weight * factors("indicator", one.code) for one in method.indicators]
    wholes = [one.weight * factors("dimension", one.code) for one in method.dimensions]
    slopes, shifts = [], []
    for indicator in method.indicators:
        moved = []
        for at, ramp in enumerate(ramps_of(indicator)):
            start, end = (
                GOALPOST_SD * normals(stream(method.seed, post, indicator.code, str(at)), draws)
                for post in ("start", "end")
            )
            slope = 1 / (1 + end - start)
            moved.append((slope, (end if ramp.is_fall else -start) * slope))
        slopes.append([slope.astype(np.float32) for slope, _ in moved])
        shifts.append([shift.astype(np.float32) for _, shift in moved])
    return Shaken(
        np.array(weights, dtype=np.float32), np.array(wholes, dtype=np.float32), slopes, shifts
    )


class Draws:
    """What the draws of every block of parties share."""

    def __init__(
        self,
        method: Method,
        data: Indicators,
        statistics: Statistics,
        board: Board,
        draws: int,
    ) -> None:
        self.method, self.draws = method, draws
        self.shaken = shaken(method, draws)
        self.noisy = NoisyValues(method, data, statistics, draws)
        self.is_there = ~np.isnan(board.units)
        self.is_rated = ~np.isnan(board.scores)
        self.caps = caps_of(method, data).astype(np.float32)
        # Absent: the worst position, which counts nothing in a sum.
        self.positions = [
            [np.nan_to_num(one, nan=FARTHEST[0]).astype(np.float32)[:, None] for one in positions]
            for positions in (step.positions for step in every_step(method, data, statistics))
        ]
        self.patterns = [
            np.unique(self.is_there[:, places], axis=0, return_inverse=True)
            for places in method.slices
        ]
        self.sums = [
            self._sums(patterns[:MOST_PATTERNS], at)
            for at, (patterns, _which) in enumerate(self.patterns)
        ]
        self.term = np.empty((0, draws), dtype=np.float32)

    def columns(self, rows: slice) -> list[Drawn]:
        """(parties, draws) of each column; of no meaning where the column is not rated."""
        dimensions = range(len(self.method.dimensions))
        columns = [self._capped(self._dimension(rows, at), rows, at) for at in dimensions]
        whole = weighted_mean(
            self.method.aggregate, columns, self.shaken.wholes, self.is_rated[rows, :-1]
        )
        return [*columns, self._capped(whole, rows, -1)]

    def _dimension(self, rows: slice, at: int) -> Drawn:
        dimension, places = self.method.dimensions[at], self.method.slices[at]
        if dimension.aggregate.kind is Kind.ARITHMETIC:
            return self._on_scale(self._arithmetic(rows, at))
        parts = [
            self._on_scale(self._units(rows, k).copy()) for k in range(places.start, places.stop)
        ]
        return weighted_mean(
            dimension.aggregate, parts, self.shaken.weights[places], self.is_there[rows, places]
        )

    def _arithmetic(self, rows: slice, at: int) -> Drawn:
        """Means of units. Weights are summed once for all parties that have the same indicators,
        in the order of the numerator, so that units of 1 have a mean of exactly 1."""
        total = np.zeros((rows.stop - rows.start, self.draws), dtype=np.float32)
        places = self.method.slices[at]
        for k in range(places.start, places.stop):
            units = self._units(rows, k)
            units *= self.shaken.weights[k]
            total += units
        total /= self._weights(rows, at)
        return total

    def _weights(self, rows: slice, at: int) -> Drawn:
        """(parties, draws) what a dimension's present indicators weigh together, 1 for none."""
        patterns, which = self.patterns[at]
        if len(patterns) <= MOST_PATTERNS:
            return self.sums[at][which[rows]]
        kinds, kind_of = np.unique(which[rows], return_inverse=True)
        return self._sums(patterns[kinds], at)[kind_of]

    def _sums(self, patterns: BoolArray, at: int) -> Drawn:
        sums = np.zeros((len(patterns), self.draws), dtype=np.float32)
        for present, weights in zip(
            patterns.T, self.shaken.weights[self.method.slices[at]], strict=True
        ):
            sums += present[:, None] * weights
        sums[sums == 0] = 1
        return sums

    def _units(self, rows: slice, k: int) -> Drawn:
        """(parties, draws) from 0 to 1 between moved goalposts; the next call writes over them."""
        count = rows.stop - rows.start
        if len(self.term) < count:
            self.term = np.empty((count, self.draws), dtype=np.float32)
        units = self.term[:count]
        ramps = self.noisy.positions(k, rows) or [ramp[rows] for ramp in self.positions[k]]
        slopes, shifts = self.shaken.slopes[k], self.shaken.shifts[k]
        np.multiply(ramps[0], slopes[0], out=units)
        np.add(units, shifts[0], out=units)
        for ramp, slope, shift in zip(ramps[1:], slopes[1:], shifts[1:], strict=True):
            np.minimum(units, ramp * slope + shift, out=units)
        return np.clip(units, 0, 1, out=units)

    def _on_scale(self, units: Drawn) -> Drawn:
        low, high = self.method.scale
        units *= np.float32(high - low)
        units += np.float32(low)
        return units

    def _capped(self, scores: Drawn, rows: slice, at: int) -> Drawn:
        caps = self.caps[rows, at, None]
        return scores if np.isinf(caps).all() else np.minimum(scores, caps)
