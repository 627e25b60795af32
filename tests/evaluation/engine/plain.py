"""The method's rules once more, one party and one number at a time, as slowly as they read.

No code of the engine is used, nor NumPy: what both say alike was said twice.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable
from typing import Any, NamedTuple

Row = tuple[str, str, float, float | None]  # party, indicator, value, sample


class Score(NamedTuple):
    score: float | None
    coverage: float
    rank: int | None


def scores(
    document: dict[str, Any],
    rows: list[Row],
    segments: dict[str, str],
    gates: dict[str, list[str]] | None = None,
) -> dict[tuple[str, str], Score]:
    """By party and dimension, `composite` among them."""
    plain = _Plain(document, rows, segments, gates or {})
    found = {}
    for party in segments:
        for dimension, score, coverage in plain.of(party):
            found[party, dimension] = (score, coverage)
    return {key: Score(*value, _rank(found, segments, key)) for key, value in found.items()}


def _rank(
    found: dict[tuple[str, str], tuple[float | None, float]],
    segments: dict[str, str],
    key: tuple[str, str],
) -> int | None:
    mine = found[key][0]
    if mine is None:
        return None
    peers = [
        score
        for (party, dimension), (score, _coverage) in found.items()
        if dimension == key[1] and segments[party] == segments[key[0]] and score is not None
    ]
    return 1 + sum(round(score, 6) > round(mine, 6) for score in peers)


class _Plain:
    def __init__(
        self,
        document: dict[str, Any],
        rows: list[Row],
        segments: dict[str, str],
        gates: dict[str, list[str]],
    ) -> None:
        self.document, self.segments, self.gates = document, segments, gates
        self.seen: dict[str, dict[str, tuple[float, float | None]]] = defaultdict(dict)
        for party, code, value, sample in rows:
            self.seen[code][party] = (value, sample)

    def of(self, party: str) -> list[tuple[str, float | None, float]]:
        """Dimension, score, coverage; the composite last."""
        document, dimensions = self.document, []
        for dimension in document["dimensions"]:
            counted = [i for i in dimension["indicators"] if self._applies(i, party)]
            parts = [(i["weight"], self._scaled(i, party)) for i in counted]
            score, coverage = self._mean(dimension["aggregate"], parts)
            score = self._gated(party, dimension["code"], score)
            has_weight = any(i["weight"] > 0 for i in counted)
            dimensions.append((dimension, score, coverage, has_weight))
        parts = [(d["weight"], score) for d, score, _coverage, counted in dimensions if counted]
        score, coverage = self._mean(document["aggregate"], parts)
        score = self._gated(party, "composite", score)
        rows = [(d["code"], s, c) for d, s, c, _counted in dimensions]
        return [*rows, ("composite", score, coverage)]

    def _applies(self, indicator: dict[str, Any], party: str) -> bool:
        named = indicator.get("applies_to")
        return named is None or self.segments[party] in named

    def _mean(
        self, aggregate: dict[str, Any], parts: list[tuple[float, float | None]]
    ) -> tuple[float | None, float]:
        whole = sum(weight for weight, _score in parts)
        there = [(weight, score) for weight, score in parts if score is not None]
        weights = sum(weight for weight, _score in there)
        coverage = weights / whole if whole > 0 else 0.0
        if weights <= 0 or coverage < self.document.get("min_coverage", 0) - 1e-12:
            return None, coverage
        if aggregate["kind"] == "arithmetic":
            return sum(w * x for w, x in there) / weights, coverage
        if aggregate["kind"] == "geometric":
            if any(x <= 0 for w, x in there if w > 0):
                return 0.0, coverage
            logs = sum(w * math.log(x) for w, x in there if w > 0)
            return math.exp(logs / weights), coverage
        power = aggregate["exponent"]
        if power < 0 and any(x <= 0 for w, x in there if w > 0):
            return 0.0, coverage
        return (sum(w * x**power for w, x in there if w > 0) / weights) ** (1 / power), coverage

    def _gated(self, party: str, column: str, score: float | None) -> float | None:
        if score is None:
            return None
        for gate in self.document.get("gates") or []:
            if gate["code"] in self.gates.get(party, []):
                if column == "composite":
                    most = gate.get("composite")
                else:
                    most = (gate.get("dimensions") or {}).get(column)
                score = score if most is None else min(score, most)
        return score

    # --- one number ------------------------------------------------------------------------------

    def _scaled(self, indicator: dict[str, Any], party: str) -> float | None:
        value = self._treated(indicator, party)
        if value is None:
            return None
        segment = sorted(
            other
            for peer in self.segments
            if self.segments[peer] == self.segments[party]
            and (other := self._treated(indicator, peer)) is not None
        )
        if self.document.get("winsorise"):
            low, high = self.document["winsorise"]
            value = min(max(value, _percentile(segment, low)), _percentile(segment, high))
        worst, best = self.document["scale"]
        return worst + (best - worst) * _share(indicator, value)

    def _treated(self, indicator: dict[str, Any], party: str) -> float | None:
        """Dropped, shrunk and capped."""
        if party not in self.seen[indicator["code"]]:
            return None
        value, sample = self.seen[indicator["code"]][party]
        least = indicator.get("min_sample")
        if least is not None and sample is not None and sample < least:
            return None
        if indicator.get("shrink") and sample is not None:
            strength = indicator["shrink"]["strength"]
            prior = self._prior(indicator, self.segments[party])
            if prior is not None and sample + strength > 0:
                value = (sample * value + strength * prior) / (sample + strength)
        if indicator.get("cap") is not None:
            value = min(value, indicator["cap"])
        return value

    def _prior(self, indicator: dict[str, Any], segment: str) -> float | None:
        if indicator["shrink"]["prior"] != "segment":
            return float(indicator["shrink"]["prior"])
        least = indicator.get("min_sample") or 0
        seen = [
            (value, sample)
            for party, (value, sample) in self.seen[indicator["code"]].items()
            if self.segments[party] == segment and sample is not None and sample >= least
        ]
        weights = sum(sample for _value, sample in seen)
        return sum(v * n for v, n in seen) / weights if weights > 0 else None


def _share(indicator: dict[str, Any], value: float) -> float:
    """From 0, the worst end, to 1."""
    bend = _TRANSFORMS[indicator.get("transform") or "linear"]
    if not bend.allows(value):
        return 0.0
    at = bend.of(value)
    if indicator["direction"] == "band":
        (c, d), (a, b) = (map(bend.of, indicator[key]) for key in ("outer", "inner"))
        if a <= at <= b:
            return 1.0
        return max(0.0, (at - c) / (a - c) if at < a else (d - at) / (d - b))
    low, high = bend.of(indicator["lower"]), bend.of(indicator["upper"])
    share = min(1.0, max(0.0, (at - low) / (high - low)))
    return 1 - share if indicator["direction"] == "lower" else share


class _Transform(NamedTuple):
    """allows: whether the value can be bent at all."""

    allows: Callable[[float], bool]
    of: Callable[[float], float]


_TRANSFORMS = {
    "linear": _Transform(lambda value: True, lambda value: value),
    "log": _Transform(lambda value: value > 0, lambda value: math.log(value)),
    "log1p": _Transform(lambda value: value > -1, lambda value: math.log1p(value)),
}


def _percentile(sorted_values: list[float], percent: float) -> float:
    """Interpolated linearly between the closest ranks."""
    at = (len(sorted_values) - 1) * percent / 100
    below = math.floor(at)
    above = min(below + 1, len(sorted_values) - 1)
    return sorted_values[below] + (at - below) * (sorted_values[above] - sorted_values[below])
