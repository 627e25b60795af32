"""How the drawings write their numbers."""

from __future__ import annotations

from dataclasses import dataclass

Point = tuple[float, float]


def one_digit(value: float) -> str:
    """One digit after the point, as in the texts."""
    return f"{value:.1f}"


def xy(point: Point) -> str:
    return f"{point[0]:.1f},{point[1]:.1f}"


@dataclass(frozen=True, slots=True)
class Axis:
    """From values to heights of a picture."""

    low: float
    high: float
    top: float
    bottom: float

    def at(self, value: float) -> float:
        way = (value - self.low) / ((self.high - self.low) or 1)
        return self.bottom - way * (self.bottom - self.top)
