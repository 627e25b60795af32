"""What the facts of one measure fold into: a value and a sample size. Sums are exact (`fsum`), so
the order of facts never matters."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from portal.evaluation.gathering.document import Folds, Gatherer
from portal.evaluation.gathering.weights import capped, effective_sample

Folded = tuple[float | None, float | None]  # value, sample (None: as good as any)


class Observation(Protocol):
    """A fact as it is folded. `day`: the ordinal of its last day; `counterpart` 0: nobody's."""

    @property
    def fact(self) -> int: ...
    @property
    def value(self) -> float: ...
    @property
    def sample(self) -> int: ...
    @property
    def counterpart(self) -> int: ...
    @property
    def day(self) -> int: ...


def fold(
    gatherer: Gatherer, observations: Sequence[Observation], *, share: float, day: int
) -> Folded:
    """`share`: the most that is one counterpart's; `day`: the ordinal of the last day."""
    if not observations:
        return gatherer.none, None
    if gatherer.fold in WEIGHED:
        return _weighed(gatherer.fold, observations, share)
    if gatherer.fold is Folds.DECAYED:
        return _decayed(observations, gatherer.half_life or math.inf, day), None
    return PLAIN[gatherer.fold](observations)


def weights_of(observations: Sequence[Observation], share: float) -> tuple[list[float], float]:
    """Of each observation, and the effective sample of all."""
    of_one: defaultdict[int, float] = defaultdict(float)
    for one in observations:
        of_one[one.counterpart] += one.sample
    free = of_one.pop(0, 0.0)
    kept = capped(of_one, share, free)
    scale = {key: kept[key] / weight for key, weight in of_one.items()}
    weights = [one.sample * scale.get(one.counterpart, 1.0) for one in observations]
    return weights, effective_sample(of_one, kept, free)


def _weighed(kind: Folds, observations: Sequence[Observation], share: float) -> Folded:
    weights, sample = weights_of(observations, share)
    values = [one.value for one in observations]
    return WEIGHED[kind](values, weights), sample


def _mean(values: Sequence[float], weights: Sequence[float]) -> float:
    """Between the least and the greatest, also where rounding would step over them."""
    mean = math.fsum(v * w for v, w in zip(values, weights, strict=True)) / math.fsum(weights)
    return min(max(mean, min(values)), max(values))


def _median(values: Sequence[float], weights: Sequence[float]) -> float:
    """The value with half of the weight on each side; the middle of two that share it."""
    pairs = sorted(zip(values, weights, strict=True))
    half, below = math.fsum(weights) / 2, 0.0
    for at, (value, weight) in enumerate(pairs):
        below += weight
        if math.isclose(below, half, rel_tol=1e-9) and at + 1 < len(pairs):
            return (value + pairs[at + 1][0]) / 2
        if below > half:
            return value
    return pairs[-1][0]


def _distinct(observations: Sequence[Observation]) -> Folded:
    count = float(len({one.counterpart for one in observations}))
    return count, count


def _effective(observations: Sequence[Observation]) -> Folded:
    """1 / Σ share², of the counterparts' shares of the values' sum."""
    totals: defaultdict[int, list[float]] = defaultdict(list)
    for one in observations:
        totals[one.counterpart].append(one.value)
    sums = [max(math.fsum(values), 0.0) for values in totals.values()]
    whole = math.fsum(sums)
    sample = float(sum(one.sample for one in observations))
    if whole <= 0.0:
        return None, sample
    return 1.0 / math.fsum((one / whole) ** 2 for one in sums), sample


def _sum(observations: Sequence[Observation]) -> Folded:
    return math.fsum(one.value for one in observations), float(
        sum(one.sample for one in observations)
    )


def _latest(observations: Sequence[Observation]) -> Folded:
    newest = max(observations, key=lambda one: (one.day, one.fact))
    return newest.value, float(newest.sample)


def _decayed(observations: Sequence[Observation], half_life: float, day: int) -> float:
    return math.fsum(one.value * 0.5 ** ((day - one.day) / half_life) for one in observations)


Weighed = Callable[[Sequence[float], Sequence[float]], float]
WEIGHED: Mapping[Folds, Weighed] = {Folds.RATE: _mean, Folds.MEAN: _mean, Folds.MEDIAN: _median}
PLAIN: Mapping[Folds, Callable[[Sequence[Observation]], Folded]] = {
    Folds.DISTINCT: _distinct,
    Folds.EFFECTIVE: _effective,
    Folds.SUM: _sum,
    Folds.LATEST: _latest,
}
