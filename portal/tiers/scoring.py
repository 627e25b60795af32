"""Scores of the mark: the evaluation engine on an agency's four numbers, and the order of all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language

from portal.evaluation.engine import (
    DimensionSteps,
    Explanation,
    evaluate,
    explain,
    hash_inputs,
    hash_scores,
)
from portal.tiers.models import CertificationApplication
from portal.tiers.models.certification_applications import MICRO


@dataclass(frozen=True, slots=True)
class Scored:
    """`micro`: millionths of a point. Both hashes as of the files of `manage.py evaluate`."""

    micro: int
    inputs_hash: str
    scores_hash: str


def score(application: CertificationApplication) -> Scored:
    """By the method of its round, from the numbers it keeps; nothing is written."""
    data = application.indicators
    scores = evaluate(application.round.method.parsed, data)
    return Scored(
        micro=round(float(scores.score[0, -1]) * MICRO),
        inputs_hash=hash_inputs(data),
        scores_hash=hash_scores(scores),
    )


def is_as_kept(application: CertificationApplication) -> bool:
    """Whether the numbers it keeps still give its score, to the last digit."""
    kept = (application.score_micro, application.inputs_hash, application.scores_hash)
    made = score(application)
    return kept == (made.micro, made.inputs_hash, made.scores_hash)


@dataclass(frozen=True, slots=True)
class Part:
    """A dimension of a score in words: `points` of `most`, from one number."""

    steps: DimensionSteps
    points: float
    most: float

    @property
    def name(self) -> str:
        names = self.steps.dimension.name
        return names.get("en" if get_language() == "en" else "zh", self.steps.dimension.code)

    @property
    def indicator(self) -> str:
        return self.steps.indicators[0].indicator.code

    @property
    def percent(self) -> int:
        return round(100 * self.points / self.most) if self.most else 0


def parts_of(application: CertificationApplication) -> list[Part]:
    """They sum to the score."""
    method = application.round.method.parsed
    told: Explanation = explain(method, application.indicators, application.key)
    top = method.scale[1]
    return [
        Part(steps, (steps.contribution or 0.0), steps.share * top) for steps in told.dimensions
    ]


def put_in_order(applications: Iterable[CertificationApplication]) -> None:
    """Give each its rank, from a list that is in the order of `by_place`; nothing is written."""
    before: CertificationApplication | None = None
    for number, one in enumerate(applications, start=1):
        shares = before is not None and before.score_micro == one.score_micro
        one.rank = before.rank if shares and before else number
        one.is_tied = shares
        if shares and before:
            before.is_tied = True
        before = one
