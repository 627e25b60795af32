"""Filter, score and order candidates, and keep every number that explains the order."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .filters import HARD_FILTERS, Filter
from .method import TOTAL_WEIGHT, RankingMethod
from .newcomers import place_newcomers
from .parts import Scoring, values_of
from .profiles import (
    BoolArray,
    CandidatePool,
    FloatArray,
    IntArray,
    NeedProfile,
    require_same_columns,
)

# Points are kept in whole billionths: sums are then exact, and a candidate better in one part
# by anything that can be shown is ahead, however small the difference.
UNITS_PER_POINT = 10**9


@dataclass(frozen=True, eq=False)
class Ranking:
    """n candidates in order, best first, by P parts. Row i of each array belongs to order[i].

    order: (n,) indexes into the pool, of those that pass every filter.
    part_codes: the P parts, in the method's order.
    points: (n, P) points of each part, 0 to its weight, to 9 decimals.
    measured: (n, P) False where a candidate has not enough data. In a measured part it then
        holds the median of the listed candidates; an unmeasured part is 0 for everyone.
    total: (n,) sum of points.
    confidence: (n,) weight of the measured parts / 100.
    measurable: the most points anyone could have: sum of the weights of measured parts.
    unmeasured: codes of the parts nobody listed has data for.
    excluded: reason → indexes into the pool, ascending, in the order of the filters; each
        candidate once, under the first filter it fails.
    newcomer_place: (n,) True where a place is a newcomer's; the others are in organic order.
    """

    order: IntArray
    part_codes: tuple[str, ...]
    points: FloatArray
    measured: BoolArray
    total: FloatArray
    confidence: FloatArray
    measurable: float
    unmeasured: tuple[str, ...]
    excluded: dict[str, IntArray]
    newcomer_place: BoolArray

    @property
    def excluded_counts(self) -> dict[str, int]:
        """Reason → number of candidates it kept out, zeros included."""
        return {code: len(indexes) for code, indexes in self.excluded.items()}


def rank(
    need: NeedProfile,
    pool: CandidatePool,
    method: RankingMethod,
    filters: Sequence[Filter] = HARD_FILTERS,
    newcomers: BoolArray | None = None,
) -> Ranking:
    """Rank the pool for a need. Cost grows with candidates × (categories + parts), and one sort.

    Equal totals are ordered by `rotation`, so neither the order of the input nor an id decides
    for ever; `newcomers`, (N,) of the pool, take the places the method gives them by the same
    turns. Raises ValueError if the need or the method names columns the pool does not have, if two
    filters share a code or a mask has not one bool per candidate.
    """
    require_same_columns(need, pool)
    _require_dimensions(method, pool)
    rows, excluded = _apply_filters(need, pool, filters)
    units, measured = _score(need, pool, rows, method)
    total = units.sum(axis=0)
    turns = rotation(need.id, need.today, pool.ids[rows])
    best_first = np.lexsort((turns, -total))
    newcomer_place = np.zeros(len(rows), dtype=np.bool_)
    if newcomers is not None and method.newcomers is not None:
        _require_mask("newcomers", newcomers, len(pool.ids))
        positions, newcomer_place = place_newcomers(
            newcomers[rows][best_first], turns[best_first], method.newcomers.every
        )
        best_first = best_first[positions]
    weights = np.array([part.weight for part in method.parts])
    codes = tuple(part.code for part in method.parts)
    somebody = [bool(column.any()) for column in measured]
    return Ranking(
        order=rows[best_first],
        part_codes=codes,
        points=units.take(best_first, axis=1).T / UNITS_PER_POINT,
        measured=measured.take(best_first, axis=1).T,
        total=total[best_first] / UNITS_PER_POINT,
        confidence=_weighed(measured, weights)[best_first] / TOTAL_WEIGHT,
        measurable=float(weights[somebody].sum()),
        unmeasured=tuple(code for code, known in zip(codes, somebody, strict=True) if not known),
        excluded=excluded,
        newcomer_place=newcomer_place,
    )


def rotation(need_id: int, day: int, ids: IntArray) -> NDArray[np.uint64]:
    """(n,) a key per provider that differs by need and day, never equal for two ids.

    SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014)
    of need, then day, then id. It can be recomputed from the three numbers alone.
    """
    seed = _mixed(np.array([need_id], dtype=np.int64).astype(np.uint64))
    seed = _mixed(seed ^ np.array([day], dtype=np.int64).astype(np.uint64))
    return _mixed(seed ^ ids.astype(np.uint64))


def _mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    mixed = numbers + np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


def _apply_filters(
    need: NeedProfile, pool: CandidatePool, filters: Sequence[Filter]
) -> tuple[IntArray, dict[str, IntArray]]:
    left = np.ones(len(pool.ids), dtype=np.bool_)
    excluded: dict[str, IntArray] = {}
    for code, passes in filters:
        if code in excluded:
            raise ValueError(f"filters: {code!r} twice")
        mask = passes(need, pool)
        _require_mask(f"filters: {code!r}", mask, len(left))
        excluded[code] = np.flatnonzero(left & ~mask)
        left &= mask
    return np.flatnonzero(left), excluded


def _require_dimensions(method: RankingMethod, pool: CandidatePool) -> None:
    if method.dimensions and pool.evaluation is not None:
        columns, named = pool.evaluation.shape[1], len(method.dimensions)
        if columns != named:
            raise ValueError(f"evaluation: {columns} columns where the method has {named}")


def _require_mask(name: str, mask: BoolArray, candidates: int) -> None:
    if mask.dtype != np.bool_ or mask.shape != (candidates,):
        raise ValueError(f"{name} must give one bool per candidate")


def _score(
    need: NeedProfile, pool: CandidatePool, rows: IntArray, method: RankingMethod
) -> tuple[IntArray, BoolArray]:
    """Points in whole units and what was measured, both (P, n), in the order of `rows`."""
    units = np.zeros((len(method.parts), len(rows)), dtype=np.int64)
    measured = np.zeros(units.shape, dtype=np.bool_)
    asked = Scoring(need, pool, rows, method)
    for part, points, known in zip(method.parts, units, measured, strict=True):
        values = values_of(part, asked)
        if values is None:
            continue
        np.isfinite(values, out=known)
        if known.any():
            filled = _with_median(values, known)
            points[:] = np.rint(filled * (part.weight * UNITS_PER_POINT))
    return units, measured


def _with_median(values: FloatArray, known: BoolArray) -> FloatArray:
    # Not enough data is never bad: an unknown value counts as the middle of the known ones.
    return values if known.all() else np.where(known, values, np.median(values[known]))


def _weighed(measured: BoolArray, weights: FloatArray) -> FloatArray:
    weighed = np.zeros(measured.shape[1])
    for column, weight in zip(measured, weights, strict=True):
        weighed += column * weight
    return weighed
