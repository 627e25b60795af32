"""No counterpart is more than a share of the evidence: whoever has more weighs less."""

from __future__ import annotations

import math
from collections.abc import Mapping


def capped(weights: Mapping[int, float], share: float, free: float = 0.0) -> dict[int, float]:
    """The weights of counterparts, none above `share` of all evidence; `free` is the weight of
    evidence that is nobody's, which is never cut.

    Each weight w becomes min(w, t) with one level t for all (water-filling): the largest t with

        t ≤ share · (free + Σ min(w, t)).

    *It is there and only one.* f(t) = t − share · (free + Σ min(w, t)) is convex, because the sum
    is concave in t, and f(0) = −share · free ≤ 0. So the t with f(t) ≤ 0 are an interval that
    begins at 0, and t is its end. If f(max w) ≤ 0 nobody is above the share and nothing is cut.
    Else, with the k largest cut, t = share · (free + Σ of the others) / (1 − share · k); k is the
    first for which t is not below the largest of the others.

    *It does what it says.* min(w, t) ≤ t ≤ share · (all that is left), so nobody is above the
    share; nobody gains weight, and the order of weights stays as it is.

    *Too few.* With fewer than 1/share counterparts and nothing free only t = 0 would do: somebody
    of n has at least 1/n. Then all weigh the same, as the least of them.
    """
    if not weights:
        return {}
    ordered = sorted(weights.values())
    level = _level(ordered, share, free)
    if level <= 0.0:
        level = ordered[0]
    return {key: min(weight, level) for key, weight in weights.items()}


def _level(ordered: list[float], share: float, free: float) -> float:
    """The level t for weights from the least to the largest; 0 where there is none above it."""
    rest = math.fsum((free, *ordered))
    if ordered[-1] <= share * rest:
        return ordered[-1]
    for cut in range(1, len(ordered) + 1):
        if share * cut >= 1.0:
            # From here on any level is low enough: it is that of the largest still uncut.
            return ordered[-cut]
        below = math.fsum((free, *ordered[: len(ordered) - cut]))
        level = share * below / (1.0 - share * cut)
        if cut == len(ordered) or level >= ordered[-cut - 1]:
            return level
    raise AssertionError("unreachable")


def effective_sample(weights: Mapping[int, float], kept: Mapping[int, float], free: float) -> float:
    """How many equally weighted observations say as much (Kish): (Σ v)² / Σ v²/w, where w were a
    counterpart's observations and v is what they weigh now. Never more than there were, and
    exactly so many where nothing was cut; a small new counterpart does not undo the others."""
    if kept == weights:
        return math.fsum((free, *weights.values()))
    total = math.fsum((free, *kept.values()))
    squares = math.fsum((free, *(kept[key] ** 2 / weights[key] for key in weights)))
    return total * total / squares
