"""What would be, if some of one party's figures were others.

The segment is held: its priors and percentiles stay those of the figures as they are, so that
moving one's own value never moves the yardstick, and one row is all that is reckoned anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from .aggregate import aggregated
from .indicators import FloatArray, Indicators
from .method import Method
from .treat import Statistics, applicable, statistics_of, units_by_party


@dataclass(frozen=True)
class WhatIf:
    """columns: the dimensions, then the composite. now, then: their scores, NaN where not rated."""

    columns: tuple[str, ...]
    now: FloatArray
    then: FloatArray

    @property
    def gain(self) -> float:
        """Of the composite; NaN where it is not rated now or then."""
        return float(self.then[-1] - self.now[-1])


def what_if(
    method: Method,
    data: Indicators,
    party: str,
    values: Mapping[str, float],
    *,
    samples: Mapping[str, float] | None = None,
    statistics: Statistics | None = None,
) -> WhatIf:
    """values: indicator → the value it would have. samples: the sample it would be seen in, where
    another than now; an indicator that had none, or too small a one, gets the least that counts.

    Raises KeyError for an unknown party or indicator.
    """
    statistics = statistics or statistics_of(method, data.segment_of(party))
    own = data.only(party)
    own_values, own_samples = (figures.copy() for figures in own.columns(method.codes))
    now = replace(own, codes=method.codes, values=own_values, samples=own_samples)
    changed, seen = own_values.copy(), own_samples.copy()
    for code, value in values.items():
        at = method.codes.index(code) if code in method.codes else _unknown(code)
        least = method.indicators[at].min_sample
        is_new = np.isnan(changed[0, at]) or seen[0, at] < (least or 0)
        if is_new:
            seen[0, at] = np.nan if least is None else least
        changed[0, at] = value
        if samples and code in samples:
            seen[0, at] = samples[code]
    then = replace(now, values=changed, samples=seen)
    before, after = (_scores(method, one, statistics) for one in (now, then))
    return WhatIf(method.columns, before, after)


def gain_of(
    method: Method,
    data: Indicators,
    party: str,
    indicator: str,
    value: float,
    *,
    statistics: Statistics | None = None,
) -> float:
    """What the composite would gain."""
    return what_if(method, data, party, {indicator: value}, statistics=statistics).gain


def _unknown(code: str) -> int:
    raise KeyError(code)


def _scores(method: Method, own: Indicators, statistics: Statistics) -> FloatArray:
    units = units_by_party(method, own, statistics)
    scores: FloatArray = aggregated(method, own, units, applicable(method, own)).scores[0]
    return scores
