"""One step of improvement, the same for every indicator: a tenth of the way between its goalposts.

The way is measured on the transformed axis, so that a step from 2 to 3 merchants counts like one
from 20 to 30 where the method takes logarithms.
"""

from __future__ import annotations

import math

from .method import Direction, Indicator, Transform

STEP = 0.1  # of the way


def next_value(indicator: Indicator, value: float) -> float | None:
    """The value one step better; the goalpost where that is nearer, None where it is reached.

    A value beyond the worse goalpost begins there: nearer to it, nothing would move.
    """
    posts = [_transformed(indicator.transform, post) for post in indicator.goalposts]
    at = _transformed(indicator.transform, value)
    better = _better(indicator.direction, posts, at)
    if better is None:
        return None
    found = _back(indicator.transform, better)
    if indicator.cap is not None and found > indicator.cap:
        return indicator.cap if value < indicator.cap else None
    return found


def _better(direction: Direction, posts: list[float], at: float) -> float | None:
    if direction is Direction.BAND:
        outer_low, inner_low, inner_high, outer_high = posts
        if at < inner_low:
            return _up(outer_low, inner_low, at)
        return _down(inner_high, outer_high, at) if at > inner_high else None
    low, high = posts
    return _down(low, high, at) if direction is Direction.LOWER else _up(low, high, at)


def _up(low: float, high: float, at: float) -> float | None:
    return None if at >= high else min(max(at, low) + STEP * (high - low), high)


def _down(low: float, high: float, at: float) -> float | None:
    return None if at <= low else max(min(at, high) - STEP * (high - low), low)


def _transformed(transform: Transform, value: float) -> float:
    if transform is Transform.LINEAR:
        return value
    if transform is Transform.LOG:
        return math.log(value) if value > 0 else -math.inf
    return math.log1p(value) if value > -1 else -math.inf


def _back(transform: Transform, number: float) -> float:
    if transform is Transform.LINEAR:
        return number
    return math.exp(number) if transform is Transform.LOG else math.expm1(number)
