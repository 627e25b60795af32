"""Weighted means of what is there, coverage, and gates.

Sums run over the parts in the method's order, one after the other: the same figures give the same
sum on every run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .indicators import BoolArray, FloatArray, Floats, Indicators
from .method import Aggregate, Kind, Method

CLOSE = 1e-9  # weights such as 0.1 + 0.2 of 0.5 are not exact in binary


def weighted_mean(
    aggregate: Aggregate,
    parts: Sequence[Floats],
    weights: Floats,
    present: BoolArray,
) -> Floats:
    """Of the parts that are present and have a weight; NaN where there is none.

    parts: k arrays of scale numbers (n, …). weights: (k, …) of each part, for all its rows alike.
    present: (n, k).
    """
    used = [at for at, weight in enumerate(weights) if np.any(weight)]
    least, most = _extremes(parts, used, present)
    weighted, total = np.zeros_like(least), np.zeros_like(least)
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        for at in used:
            term = term_of(aggregate, parts[at], least, most) * weights[at]
            here = present[:, at]
            if here.all():
                weighted += term
                total += weights[at]
            else:
                weighted[here] += term[here]
                total[here] += weights[at]
        weighted /= total
        mean = number_of(aggregate, weighted, least, most)
    # A mean lies between its parts, and rounding is not to say otherwise.
    np.maximum(mean, least, out=mean)
    np.minimum(mean, most, out=mean)
    mean[~present[:, used].any(axis=1)] = np.nan
    return mean


def term_of(aggregate: Aggregate, part: Floats, least: Floats, most: Floats) -> Floats:
    """What is averaged in the part's place. A power is taken of the part relative to the one that
    dominates, so that no exponent overflows."""
    if aggregate.kind is Kind.ARITHMETIC:
        return part
    if aggregate.kind is Kind.GEOMETRIC:
        return np.log(part)
    reference = _reference(aggregate, least, most)
    return (part / reference) ** (aggregate.exponent or 1)


def number_of(aggregate: Aggregate, mean: Floats, least: Floats, most: Floats) -> Floats:
    """Back from the mean of terms to a scale number."""
    if aggregate.kind is Kind.ARITHMETIC:
        return mean
    if aggregate.kind is Kind.GEOMETRIC:
        return np.exp(mean, out=mean)
    reference = _reference(aggregate, least, most)
    return np.where(reference == 0, 0, reference * mean ** (1 / (aggregate.exponent or 1)))


def _reference(aggregate: Aggregate, least: Floats, most: Floats) -> Floats:
    return most if (aggregate.exponent or 0) > 0 else least


def _extremes(
    parts: Sequence[Floats], used: Sequence[int], present: BoolArray
) -> tuple[Floats, Floats]:
    least, most = np.full_like(parts[0], np.inf), np.full_like(parts[0], -np.inf)
    for at in used:
        here, part = present[:, at], parts[at]
        if here.all():
            np.minimum(least, part, out=least)
            np.maximum(most, part, out=most)
        else:
            least[here] = np.minimum(least[here], part[here])
            most[here] = np.maximum(most[here], part[here])
    return least, most


@dataclass(frozen=True)
class Board:
    """What the parties have in each column: the dimensions in the method's order, the composite.

    units: (n, k) of the indicators, from 0 to 1; NaN where absent.
    applies: (n, k) which indicators count for whom.
    earned: (n, c) scores before the gates, NaN where not rated.
    scores: (n, c) after them.
    coverage: (n, c) the share of the applicable weight that is there.
    """

    units: FloatArray
    applies: BoolArray
    earned: FloatArray
    scores: FloatArray
    coverage: FloatArray


def aggregated(method: Method, data: Indicators, units: FloatArray, applies: BoolArray) -> Board:
    n = len(data.parties)
    caps = caps_of(method, data)
    earned, coverage = np.full((n, len(method.columns)), np.nan), np.zeros((n, len(method.columns)))
    counts = np.zeros((n, len(method.dimensions)), dtype=np.bool_)
    points = method.on_scale(units)
    for at, (dimension, columns) in enumerate(zip(method.dimensions, method.slices, strict=True)):
        weights = np.array([one.weight for one in dimension.indicators])
        earned[:, at], coverage[:, at] = _column(
            method, dimension.aggregate, points[:, columns], weights, applies[:, columns]
        )
        counts[:, at] = (applies[:, columns] & (weights > 0)).any(axis=1)
    scores = np.minimum(earned, caps)
    weights = np.array([dimension.weight for dimension in method.dimensions])
    earned[:, -1], coverage[:, -1] = _column(
        method, method.aggregate, scores[:, :-1], weights, counts
    )
    scores[:, -1] = np.minimum(earned[:, -1], caps[:, -1])
    return Board(units, applies, earned, scores, coverage)


def caps_of(method: Method, data: Indicators) -> FloatArray:
    """(n, c): the most each party can have in each column; inf without a gate."""
    caps = np.full((len(data.parties), len(method.columns)), np.inf)
    rows = {party: row for row, party in enumerate(data.parties)} if data.gates else {}
    for gate in method.gates:
        limits = np.array([gate.dimensions.get(code, np.inf) for code in method.columns])
        limits[-1] = np.inf if gate.composite is None else gate.composite
        for party, codes in data.gates.items():
            if gate.code in codes:
                caps[rows[party]] = np.minimum(caps[rows[party]], limits)
    return caps


def _column(
    method: Method,
    aggregate: Aggregate,
    parts: FloatArray,
    weights: FloatArray,
    applies: BoolArray,
) -> tuple[FloatArray, FloatArray]:
    """Scores and coverage of one column from its (n, k) parts."""
    is_there = ~np.isnan(parts)
    scores = weighted_mean(aggregate, list(parts.T), weights, is_there)
    coverage = share_of(weights, is_there, applies)
    return np.where(coverage >= method.min_coverage - CLOSE, scores, np.nan), coverage


def share_of(weights: FloatArray, is_there: BoolArray, applies: BoolArray) -> FloatArray:
    """(n,) of the weight that applies, how much is there; 0 where none applies."""
    there, whole = np.zeros(len(applies)), np.zeros(len(applies))
    for at, weight in enumerate(weights):
        there += np.where(is_there[:, at], weight, 0)
        whole += np.where(applies[:, at], weight, 0)
    return np.divide(there, whole, out=np.zeros(len(applies)), where=whole > 0)
