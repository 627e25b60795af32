"""From a value to a number from 0 to 1: transform, goalposts, direction.

A direction is one or two ramps. A ramp gives a position: 0 at the end that is worth nothing, 1 at
the end that is worth all, and outside of that where the value lies beyond. "Higher" is a ramp up,
"lower" a ramp down, a band the lesser of a ramp up to its inner range and one down from it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .indicators import FloatArray
from .method import FLOOR, Direction, Indicator, Transform

# Beyond these a position counts the same, in draws too: they move a goalpost by some percent.
FARTHEST = (-1.0, 2.0)


@dataclass(frozen=True, slots=True)
class Ramp:
    """Between two transformed goalposts, `start` below `end`; a fall is worth most at `start`.

    Where both are the same the ramp is a step, and the goalpost itself is worth all.
    """

    start: float
    end: float
    is_fall: bool

    def positions(self, transformed: FloatArray) -> FloatArray:
        if self.start == self.end:
            if self.is_fall:
                return np.where(transformed <= self.end, FARTHEST[1], FARTHEST[0])
            return np.where(transformed >= self.start, FARTHEST[1], FARTHEST[0])
        with np.errstate(over="ignore"):
            above = (transformed - self.start) / (self.end - self.start)
            below = (self.end - transformed) / (self.end - self.start)
        return np.clip(below if self.is_fall else above, *FARTHEST)


def ramps_of(indicator: Indicator) -> tuple[Ramp, ...]:
    posts = transformed(indicator.transform, np.array(indicator.goalposts)).tolist()
    if indicator.direction is Direction.BAND:
        outer_lower, inner_lower, inner_upper, outer_upper = posts
        up = Ramp(outer_lower, inner_lower, is_fall=False)
        return up, Ramp(inner_upper, outer_upper, is_fall=True)
    lower, upper = posts
    return (Ramp(lower, upper, is_fall=indicator.direction is Direction.LOWER),)


def transformed(transform: Transform, values: FloatArray) -> FloatArray:
    """NaN where there is no value; −inf where the transform cannot reach."""
    if transform is Transform.LINEAR:
        return values
    logarithm = np.log if transform is Transform.LOG else np.log1p
    floor = FLOOR[transform]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(values <= floor, -np.inf, logarithm(values))


def positions_of(indicator: Indicator, transformed_values: FloatArray) -> list[FloatArray]:
    """On each ramp; NaN where there is no value.

    What a logarithm cannot reach stands at the worst end in each direction: a response time of
    zero hours is a wrong measurement, not the best of all, and must not win by being wrong.
    """
    is_beyond = np.isneginf(transformed_values)
    is_absent = np.isnan(transformed_values)
    found = []
    for ramp in ramps_of(indicator):
        positions = ramp.positions(transformed_values)
        positions = np.where(is_beyond, FARTHEST[0], positions)
        found.append(np.where(is_absent, np.nan, positions))
    return found


def units_of(positions: list[FloatArray]) -> FloatArray:
    """From 0 to 1: the least of the ramps, clipped."""
    least = positions[0]
    for other in positions[1:]:
        least = np.minimum(least, other)
    return np.clip(least, 0.0, 1.0)
