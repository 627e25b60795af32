"""Which step of improvement raises the composite most, and what would be if values were others."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from django.core.cache import caches
from django.utils.translation import get_language

from portal.evaluation.engine import Indicators, evaluate, place_of, rounded, what_if
from portal.evaluation.engine.steps import next_value
from portal.evaluation.models import Rating, Remedy
from portal.evaluation.selectors.boards import Board, Line, board_of
from portal.evaluation.selectors.remedies import remedies_for
from portal.evaluation.selectors.segments import KEPT_SECONDS, engine_key
from portal.parties.search import score_band

MOST_LEVERS = 3
TRIAL_DRAWS = 250  # enough for the ends of a trial's interval, in a quarter of the time
FARTHEST = 1e9  # of a value that is tried


@dataclass(frozen=True, slots=True)
class Lever:
    """`target`: the value one step better. `gain`: of the composite, all else as it is. `more`: of
    the sample, how many more cases that is, where the value is a share."""

    line: Line
    target: float
    gain: float
    remedies: list[Remedy]

    @property
    def way(self) -> float:
        """How far between the goalposts it is now, in percent."""
        return 100 * (self.line.steps.unit or 0)

    @property
    def more(self) -> int | None:
        steps = self.line.steps
        if self.line.unit != "percent" or not steps.sample or steps.raw is None:
            return None
        return math.ceil(abs(self.target - steps.raw) * steps.sample / 100 - 1e-9)


@dataclass(frozen=True, slots=True)
class NextLever:
    """The one that raises the composite most, as a home says it. `code` is the indicator's;
    `remedies` is what is offered for it now."""

    code: str
    name: str
    unit: str
    value: float
    target: float
    gain: float
    more: int | None
    sample: float | None
    remedies: list[Remedy]


def next_lever(rating: Rating) -> NextLever | None:
    """Of a published rating, which never changes: reckoned once and kept, so that a home asks only
    for what is offered now."""
    key = f"evaluation:lever:{rating.pk}:{get_language()}"
    kept: list[NextLever] | None = caches["local"].get(key)
    if kept is None:
        kept = _greatest(rating)
        caches["local"].set(key, kept, KEPT_SECONDS)
    if not kept:
        return None
    lever: NextLever = kept[0]
    return replace(lever, remedies=remedies_for([lever.code], rating).get(lever.code, []))


def _greatest(rating: Rating) -> list[NextLever]:
    """None or one."""
    levers = levers_of(board_of(rating, None))[:1]
    return [
        NextLever(
            code=one.line.code,
            name=one.line.name,
            unit=one.line.unit,
            value=one.line.steps.raw or 0.0,
            target=one.target,
            gain=one.gain,
            more=one.more,
            sample=one.line.steps.sample,
            remedies=[],
        )
        for one in levers
    ]


def levers_of(board: Board) -> list[Lever]:
    """The three with the greatest gain, each with what is offered for it now."""
    if not board.is_rated:
        return []
    targets = {
        code: better
        for code, line in board.lines.items()
        if line.steps.score is not None
        and line.steps.raw is not None
        and (better := next_value(line.steps.indicator, line.steps.raw)) is not None
    }
    gains = _gains(board, targets)
    best = sorted((code for code in gains if gains[code] >= 0.005), key=lambda c: -gains[c])
    best = best[:MOST_LEVERS]
    remedies = remedies_for(best, board.rating)
    return [
        Lever(board.lines[code], targets[code], gains[code], remedies.get(code, []))
        for code in best
    ]


def _gains(board: Board, targets: Mapping[str, float]) -> dict[str, float]:
    """All steps at once: the engine takes the party as often as there are steps, each with one
    value changed, beside the segment's statistics as they are."""
    if not targets:
        return {}
    own, codes = board.data, list(targets)
    values = np.repeat(own.values, len(codes) + 1, axis=0)
    for row, code in enumerate(codes, start=1):
        values[row, own.codes.index(code)] = targets[code]
    many = _repeated(own, values)
    scores = evaluate(board.segment.method, many, draws=0, statistics=board.segment.statistics)
    column = scores.score[:, -1]
    return {code: float(column[row] - column[0]) for row, code in enumerate(codes, start=1)}


def _repeated(own: Indicators, values: np.ndarray) -> Indicators:
    keys = tuple(f"{row:04d}" for row in range(len(values)))
    gates = own.gates.get(own.parties[0], frozenset())
    return replace(
        own,
        parties=keys,
        segments=own.segments * len(keys),
        values=values,
        samples=np.repeat(own.samples, len(keys), axis=0),
        applies=own.applies * len(keys),
        gates=dict.fromkeys(keys, gates),
    )


@dataclass(frozen=True, slots=True)
class Trial:
    """What would be. None where it would not be rated. `scores`: by dimension. `place` among the
    others as they are now; `best` and `worst` where the ends of the interval would stand."""

    now: float | None
    score: float | None
    scores: dict[str, float | None]
    low: float | None
    high: float | None
    place: int | None
    best: int | None
    worst: int | None
    band: int

    @property
    def gain(self) -> float | None:
        return None if self.now is None or self.score is None else self.score - self.now


def trial_of(board: Board, values: Mapping[str, float]) -> Trial:
    """The composite if these indicators had these values: the engine again, by the same yardstick.
    Nothing is stored. Raises KeyError for an indicator the method does not have."""
    segment, key = board.segment, engine_key(board.rating)
    found = what_if(segment.method, board.data, key, values, statistics=segment.statistics)
    then = dict(zip(found.columns, map(_known, found.then), strict=True))
    score = then.pop(found.columns[-1])
    low, high = _band(board, values) if score is not None else (None, None)
    others = _others(board)
    return Trial(
        now=_known(found.now[-1]),
        score=score,
        scores=then,
        low=low,
        high=high,
        place=None if score is None else place_of(score, others),
        best=None if high is None else place_of(high, others),
        worst=None if low is None else place_of(low, others),
        band=score_band(None if score is None else round(score * 100)),
    )


def _band(board: Board, values: Mapping[str, float]) -> tuple[float | None, float | None]:
    own, method = board.data, board.segment.method
    changed, samples = own.values.copy(), own.samples.copy()
    for code, value in values.items():
        at = own.codes.index(code)
        least = method.indicators[at].min_sample
        if np.isnan(changed[0, at]) or samples[0, at] < (least or 0):
            samples[0, at] = np.nan if least is None else least
        changed[0, at] = value
    scores = evaluate(
        method,
        replace(own, values=changed, samples=samples),
        draws=min(board.rating.snapshot.draws, TRIAL_DRAWS),
        statistics=board.segment.statistics,
    )
    return _known(scores.low[0, -1]), _known(scores.high[0, -1])


def _others(board: Board) -> np.ndarray:
    """The composites of the segment without the party's own."""
    scores = board.segment.scores
    if board.rating.score is None:
        return scores
    mine = np.flatnonzero(rounded(scores) == round(board.rating.score, 6))
    return np.delete(scores, mine[:1])


def _known(figure: float) -> float | None:
    return float(figure) if np.isfinite(figure) else None


@dataclass(frozen=True, slots=True)
class TrialRow:
    """One indicator to be moved: from and to where its slider goes, in `step`s."""

    line: Line
    value: float | None
    is_changed: bool
    low: float
    high: float
    step: float


def trial_rows(board: Board, values: Mapping[str, float]) -> dict[str, list[TrialRow]]:
    """By dimension. A value beyond the goalposts stretches the slider to where it is."""
    return {
        part.code: [_trial_row(line, values.get(line.code)) for line in part.lines]
        for part in board.parts
    }


def _trial_row(line: Line, tried: float | None) -> TrialRow:
    value = tried if tried is not None else line.steps.raw
    value = None if value is None else round(value, 2)
    posts = line.steps.indicator.goalposts
    known = [*posts, *([] if value is None else [value])]
    low, high = min(known), max(known)
    step = 10 ** math.floor(math.log10((high - low) / 100)) if high > low else 1
    return TrialRow(line, value, tried is not None, low, high, step)
