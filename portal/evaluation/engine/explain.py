"""Opening one number: every step from the raw figure to the composite."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from .aggregate import Board, aggregated
from .indicators import Indicators
from .method import Aggregate, Dimension, Indicator, Kind, Method
from .treat import Statistics, Steps, applicable, every_step, statistics_of


@dataclass(frozen=True)
class IndicatorSteps:
    """One indicator's path; None where a step has nothing to work on, or is off.

    raw, sample: as known; sample None where that is enough.
    applies: whether it counts for this party at all.
    is_too_small: the sample is below the method's minimum, so the indicator is absent.
    prior, strength: what the value is drawn to, None where it is not.
    shrunk, capped, winsorised, transformed: the value after each step; least and most are where
    winsorising holds it.
    unit: from 0 to 1. score: that on the scale.
    share: of the dimension's weight, over what is present; 0 where absent.
    contribution: what it puts into the dimension. Under an arithmetic mean share × score, which add
    up to the dimension; under a geometric one score ^ share, which multiply up to it; under a power
    mean share × score ^ exponent, which add up to the dimension's power.
    """

    indicator: Indicator
    applies: bool
    is_too_small: bool
    raw: float | None
    sample: float | None
    prior: float | None
    strength: float | None
    shrunk: float | None
    capped: float | None
    least: float | None
    most: float | None
    winsorised: float | None
    transformed: float | None
    unit: float | None
    score: float | None
    share: float
    contribution: float | None


@dataclass(frozen=True)
class DimensionSteps:
    """earned: the score before gates. score: after them. Both None where not rated.

    share: of the composite's weight, over the rated dimensions; contribution as of an indicator.
    """

    dimension: Dimension
    indicators: tuple[IndicatorSteps, ...]
    coverage: float
    earned: float | None
    score: float | None
    share: float
    contribution: float | None


@dataclass(frozen=True)
class Explanation:
    """gates: codes of the method's gates that the party is under."""

    party: str
    segment: str
    dimensions: tuple[DimensionSteps, ...]
    coverage: float
    earned: float | None
    score: float | None
    gates: tuple[str, ...]


def explain(
    method: Method, data: Indicators, party: str, *, statistics: Statistics | None = None
) -> Explanation:
    """statistics: of the segments, if known already. Raises KeyError for an unknown party."""
    own = data.only(party)
    statistics = statistics or statistics_of(method, data.segment_of(party))
    steps = list(every_step(method, own, statistics))
    units = np.stack([step.units for step in steps], axis=1)
    board = aggregated(method, own, units, applicable(method, own))
    shares = _shares([d.weight for d in method.dimensions], board.scores[0, :-1])
    return Explanation(
        party=party,
        segment=own.segments[0],
        dimensions=tuple(
            _dimension(method, own, statistics, steps, board, at, float(shares[at]))
            for at in range(len(method.dimensions))
        ),
        coverage=float(board.coverage[0, -1]),
        earned=_known(board.earned[0, -1]),
        score=_known(board.scores[0, -1]),
        gates=tuple(gate.code for gate in method.gates if gate.code in own.gates.get(party, ())),
    )


def _dimension(
    method: Method,
    own: Indicators,
    statistics: Statistics,
    steps: list[Steps],
    board: Board,
    at: int,
    share: float,
) -> DimensionSteps:
    dimension, places = method.dimensions[at], method.slices[at]
    weights = [one.weight for one in dimension.indicators]
    shares = _shares(weights, board.units[0, places])
    indicators = tuple(
        _indicator(method, own, statistics, steps[k], board, k, float(shares[k - places.start]))
        for k in range(places.start, places.stop)
    )
    score = _known(board.scores[0, at])
    return DimensionSteps(
        dimension=dimension,
        indicators=tuple(
            replace(one, contribution=contribution(dimension.aggregate, one.score, one.share))
            for one in indicators
        ),
        coverage=float(board.coverage[0, at]),
        earned=_known(board.earned[0, at]),
        score=score,
        share=share,
        contribution=contribution(method.aggregate, score, share),
    )


def _indicator(
    method: Method,
    own: Indicators,
    statistics: Statistics,
    steps: Steps,
    board: Board,
    k: int,
    share: float,
) -> IndicatorSteps:
    indicator, segment = method.indicators[k], statistics.rows_of(own.segments)[0]
    values, samples = own.columns(method.codes)
    raw, sample = _known(values[0, k]), _known(samples[0, k])
    applies = bool(board.applies[0, k])
    unit = _known(board.units[0, k])
    shrink = indicator.shrink if unit is not None and sample is not None else None
    prior = _known(statistics.priors[segment, k]) if shrink else None
    if shrink and shrink.prior is not None:
        prior = shrink.prior
    return IndicatorSteps(
        indicator=indicator,
        applies=applies,
        is_too_small=applies and raw is not None and unit is None,
        raw=raw,
        sample=sample,
        prior=prior,
        strength=shrink.strength if shrink and prior is not None else None,
        shrunk=_known(steps.shrunk[0]),
        capped=_known(steps.capped[0]),
        least=_known(statistics.least[segment, k]),
        most=_known(statistics.most[segment, k]),
        winsorised=_known(steps.winsorised[0]),
        transformed=_known(steps.transformed[0]),
        unit=unit,
        score=None if unit is None else float(method.on_scale(board.units[0, k])),
        share=share,
        contribution=None,
    )


def contribution(aggregate: Aggregate, score: float | None, share: float) -> float | None:
    """None for what is absent or has no weight."""
    if score is None or not share:
        return None
    if aggregate.kind is Kind.GEOMETRIC:
        return score**share
    if aggregate.kind is Kind.POWER:
        exponent = aggregate.exponent or 1
        return share * score**exponent if score or exponent > 0 else None
    return share * score


def _shares(weights: list[float], parts: np.ndarray) -> np.ndarray:
    present = np.where(np.isnan(parts), 0, weights)
    return present / (present.sum() or 1)


def _known(figure: float) -> float | None:
    return float(figure) if np.isfinite(figure) else None
