"""A methodology version: which indicators make which dimensions, and how.

The shape of the document and what each key means: docs/evaluation-file.md. `parse_method` in
`reading` makes a `Method` of one; here everything is known to be sound.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

COMPOSITE = "composite"  # the column of the whole, so no dimension may be called so

Bounds = tuple[float, float]
FloatArray = NDArray[np.float64]


class Kind(StrEnum):
    """A weighted mean: Σwx / Σw of x, of ln x, or of x to a power."""

    ARITHMETIC = "arithmetic"
    GEOMETRIC = "geometric"
    POWER = "power"


class Direction(StrEnum):
    HIGHER = "higher"
    LOWER = "lower"
    BAND = "band"


class Transform(StrEnum):
    LINEAR = "linear"
    LOG = "log"
    LOG1P = "log1p"


# Where a transform ends: only above can it be reckoned.
FLOOR = {
    Transform.LINEAR: -math.inf,
    Transform.LOG: 0.0,
    Transform.LOG1P: -1.0,
}


class NoiseKind(StrEnum):
    RATE = "rate"
    NORMAL = "normal"


@dataclass(frozen=True, slots=True)
class Aggregate:
    """exponent: of a power mean, else None."""

    kind: Kind
    exponent: float | None = None


@dataclass(frozen=True, slots=True)
class Shrink:
    """Toward `prior` as if it had been seen in a sample of `strength`.

    prior: a value of the indicator, None for the segment's sample-weighted mean.
    """

    strength: float
    prior: float | None


@dataclass(frozen=True, slots=True)
class Noise:
    """How sure a value is. RATE: a percentage of its sample. NORMAL: `sd` in the value's unit."""

    kind: NoiseKind
    sd: float | None = None


@dataclass(frozen=True)
class Indicator:
    """One figure of a party on its way to a number on the scale.

    goalposts: (lower, upper) in the value's unit; of a band (outer lower, inner lower, inner
    upper, outer upper): all marks within the inner two, none outside the outer two.
    applies_to: keys of the parties it counts for, None for all.
    """

    code: str
    direction: Direction
    weight: float
    goalposts: tuple[float, ...]
    transform: Transform = Transform.LINEAR
    min_sample: float | None = None
    shrink: Shrink | None = None
    cap: float | None = None
    applies_to: frozenset[str] | None = None
    noise: Noise | None = None
    name: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""


@dataclass(frozen=True)
class Dimension:
    code: str
    weight: float
    aggregate: Aggregate
    indicators: tuple[Indicator, ...]
    name: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Gate:
    """The most a party under this gate can have, in units of the scale."""

    code: str
    composite: float | None
    dimensions: Mapping[str, float]


@dataclass(frozen=True)
class Method:
    """min_coverage: share of the weight that must be there. winsorise: two percentiles, or None."""

    code: str
    version: str
    scale: Bounds
    aggregate: Aggregate
    dimensions: tuple[Dimension, ...]
    min_coverage: float = 0.0
    winsorise: Bounds | None = None
    draws: int = 0
    seed: int = 0
    gates: tuple[Gate, ...] = ()

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """All of them, in the document's order."""
        return tuple(one for dimension in self.dimensions for one in dimension.indicators)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Of the indicators, in that order."""
        return tuple(indicator.code for indicator in self.indicators)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """What scores have: the dimensions in the document's order, then the composite."""
        return (*(dimension.code for dimension in self.dimensions), COMPOSITE)

    @cached_property
    def slices(self) -> tuple[slice, ...]:
        """Where each dimension's indicators stand among all."""
        slices, start = [], 0
        for dimension in self.dimensions:
            slices.append(slice(start, start + len(dimension.indicators)))
            start += len(dimension.indicators)
        return tuple(slices)

    def on_scale(self, units: FloatArray) -> FloatArray:
        """Numbers from 0 to 1 on the scale."""
        low, high = self.scale
        return low + (high - low) * units
