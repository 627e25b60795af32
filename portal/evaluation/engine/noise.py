"""Noise of values: what else an indicator could have been, given its sample.

A rate of k successes in n has the posterior Beta(k + ½, n − k + ½) under Jeffreys' prior. With
x = sin²θ its density in θ is proportional to sin²ᵏθ · cos²⁽ⁿ⁻ᵏ⁾θ, which is bounded and log-concave
on the whole quarter turn, so its distribution can be summed on a grid and inverted: one uniform
makes one draw, and nothing is rejected.
"""

from __future__ import annotations

import numpy as np

from .indicators import FloatArray, Indicators
from .method import Indicator, Method, Noise, NoiseKind
from .streams import normals, stream, uniforms
from .treat import Statistics, steps_of, usable

GRID = 129
REACH = 8  # deviations from the mode: beyond lies less than rounding


class NoisyValues:
    """The values of the indicators that have noise, drawn anew for each party."""

    def __init__(
        self, method: Method, data: Indicators, statistics: Statistics, draws: int
    ) -> None:
        self.method, self.parties, self.draws = method, data.parties, draws
        self.statistics, self.segments = statistics, statistics.rows_of(data.segments)
        self.values, self.samples = usable(method, data)

    def positions(self, k: int, rows: slice) -> list[np.ndarray] | None:
        """On each ramp of the indicator, (parties, draws), 0 or below where absent; None without
        noise."""
        indicator = self.method.indicators[k]
        if indicator.noise is None:
            return None
        segments = self.segments[rows]
        figures = (self.statistics.priors, self.statistics.least, self.statistics.most)
        steps = steps_of(
            indicator,
            self._drawn(indicator, indicator.noise, k, rows),
            self.samples[rows, k, None],
            *(figure[segments, k, None] for figure in figures),
        )
        return [np.nan_to_num(one, nan=-1.0).astype(np.float32) for one in steps.positions]

    def _drawn(self, indicator: Indicator, noise: Noise, k: int, rows: slice) -> FloatArray:
        values, samples = self.values[rows, k], self.samples[rows, k]
        drawn = np.repeat(values[:, None], self.draws, axis=1)
        is_noisy = ~np.isnan(values)
        if noise.kind is NoiseKind.RATE:
            # A share of nothing known, or no share at all, has no such posterior.
            with np.errstate(invalid="ignore"):
                is_noisy &= ~np.isnan(samples) & (values >= 0) & (values <= 100)
        for row in np.flatnonzero(is_noisy):
            party = self.parties[rows.start + row]
            bits = stream(self.method.seed, "value", indicator.code, party)
            if noise.kind is NoiseKind.RATE:
                share = values[row] / 100
                drawn[row] = 100 * shares(share * samples[row], samples[row], bits, self.draws)
            else:
                drawn[row] += (noise.sd or 0) * normals(bits, self.draws)
        return drawn


def shares(successes: float, trials: float, bits: np.random.Philox, count: int) -> FloatArray:
    """Draws from Beta(successes + ½, trials − successes + ½)."""
    failures = trials - successes
    mode = np.arctan2(np.sqrt(successes), np.sqrt(failures))
    reach = REACH / np.sqrt(2 * trials + 0.5)
    angles = np.linspace(max(0.0, mode - reach), min(np.pi / 2, mode + reach), GRID)
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.where(successes > 0, 2 * successes * np.log(np.sin(angles)), 0.0)
        logs += np.where(failures > 0, 2 * failures * np.log(np.cos(angles)), 0.0)
    density = np.exp(logs - logs.max())
    grown = np.concatenate([[0.0], np.cumsum(density[1:] + density[:-1])])
    return np.sin(np.interp(uniforms(bits, count), grown / grown[-1], angles)) ** 2
