"""How one composite became another: a share of the difference for each thing that changed.

Let the score be a function of everything that may differ between two moments: the method, each
indicator's number on the scale, which dimensions are rated, and the gates. Walking from the first
moment to the second, one thing changes at a time, and what the score moves by is that thing's step;
the steps of one walk add up to the difference whatever the function. Under a geometric mean a step
depends on what changed before it, so the walk is taken twice, in the method's order and in the
opposite one, and each thing gets the mean of its two steps: they still add up, exactly, and two
things that changed alike get alike shares. (All orders instead of two would be Shapley's value, at
k! walks.)
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .method import Aggregate, Kind, Method

METHOD, RATED, GATES = "@method", "@rated", "@gates"  # no indicator is called so


@dataclass(frozen=True)
class Moment:
    """What a party's composite was made of.

    points: indicator → its number on the scale; absent ones are left out.
    rated: the dimensions that have a score. gates: the party was under.
    """

    method: Method
    points: Mapping[str, float]
    rated: frozenset[str]
    gates: frozenset[str] = field(default=frozenset())

    @property
    def score(self) -> float | None:
        return _score(self.method, self.points, self.rated, self.gates)


@dataclass(frozen=True, slots=True)
class Share:
    """`what`: an indicator, or `METHOD`, `RATED` (dimensions that came or went), `GATES`."""

    what: str
    change: float


def change_between(before: Moment, after: Moment) -> list[Share]:
    """What moved the composite, in the method's order; their sum is the difference.

    Things that did not change are left out. Empty where one of the two has no composite.
    """
    first, last = before.score, after.score
    if first is None or last is None:
        return []
    things = list(_things(before, after))
    forward = _walk(before, after, things, first)
    backward = _walk(before, after, things[::-1], first)
    return [Share(thing, (forward[thing] + backward[thing]) / 2) for thing in things]


def _things(before: Moment, after: Moment) -> Iterable[str]:
    if before.method != after.method:
        yield METHOD
    codes = dict.fromkeys((*after.method.codes, *before.method.codes))
    yield from (code for code in codes if before.points.get(code) != after.points.get(code))
    if before.rated != after.rated:
        yield RATED
    if before.gates != after.gates:
        yield GATES


def _walk(before: Moment, after: Moment, things: Sequence[str], start: float) -> dict[str, float]:
    """Each thing's step. Between the ends a mixture may have nothing to rate; it stands still."""
    changed: set[str] = set()
    at, steps = start, {}
    for thing in things:
        changed.add(thing)
        there = _mixture(before, after, changed)
        steps[thing] = 0.0 if there is None else there - at
        at = at if there is None else there
    return steps


def _mixture(before: Moment, after: Moment, changed: set[str]) -> float | None:
    method = (after if METHOD in changed else before).method
    points = {
        code: value
        for code in method.codes
        if (value := (after if code in changed else before).points.get(code)) is not None
    }
    rated = (after if RATED in changed else before).rated
    gates = (after if GATES in changed else before).gates
    return _score(method, points, rated, gates)


def _score(
    method: Method, points: Mapping[str, float], rated: frozenset[str], gates: frozenset[str]
) -> float | None:
    parts = []
    caps = [gate for gate in method.gates if gate.code in gates]
    for dimension in method.dimensions:
        own = [(one.weight, points[one.code]) for one in dimension.indicators if one.code in points]
        mean = _mean(dimension.aggregate, own) if dimension.code in rated else None
        if mean is not None:
            limits = [g.dimensions[dimension.code] for g in caps if dimension.code in g.dimensions]
            parts.append((dimension.weight, min([mean, *limits])))
    whole = _mean(method.aggregate, parts)
    if whole is None:
        return None
    return min([whole, *(gate.composite for gate in caps if gate.composite is not None)])


def _mean(aggregate: Aggregate, parts: Sequence[tuple[float, float]]) -> float | None:
    """Weighted, of (weight, number on the scale); None where nothing weighs."""
    total = sum(weight for weight, _number in parts)
    if not total:
        return None
    if aggregate.kind is Kind.ARITHMETIC:
        return sum(weight * number for weight, number in parts) / total
    if aggregate.kind is Kind.GEOMETRIC:
        if any(weight and number <= 0 for weight, number in parts):
            return 0.0
        return math.exp(sum(weight * math.log(number) for weight, number in parts) / total)
    exponent = aggregate.exponent or 1
    if exponent < 0 and any(weight and number <= 0 for weight, number in parts):
        return 0.0
    mean = sum(weight * number**exponent for weight, number in parts) / total
    return float(mean ** (1 / exponent))
