"""The worked example: a real provider's numbers, from raw to composite, and the files behind it."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import StringIO

from django.core.cache import caches
from django.db.models import F, QuerySet
from django.db.models.functions import Abs

from portal.core.web import whole_number
from portal.evaluation.computing import (
    EVERYBODY,
    Scored,
    indicators_in,
    key_of,
    method_of,
    stored_ratings,
)
from portal.evaluation.engine import Explanation, IndicatorSteps, explain
from portal.evaluation.models import Method, Rating, Snapshot
from portal.evaluation.selectors.documents import name_of
from portal.parties.states import PartyStatus

KEPT = 600  # seconds: a published rating never changes, only which one is shown
DECIMALS = 6


@dataclass(frozen=True, slots=True)
class ExampleLine:
    """One indicator with its steps as the engine made them."""

    name: str
    unit: str
    steps: IndicatorSteps

    @property
    def total(self) -> float:
        """What the drawn figure is divided by."""
        return (self.steps.sample or 0) + (self.steps.strength or 0)

    @property
    def percent(self) -> float:
        """Its share of the dimension, over what is there."""
        return 100 * self.steps.share


@dataclass(frozen=True, slots=True)
class ExampleDimension:
    name: str
    score: float | None
    earned: float | None
    coverage: float
    share: float
    contribution: float | None
    lines: list[ExampleLine]


@dataclass(frozen=True, slots=True)
class Example:
    """A rating opened. `agrees`: the steps lead to the published score, to six decimals."""

    rating: Rating
    explanation: Explanation
    dimensions: list[ExampleDimension]
    agrees: bool

    @property
    def has_files(self) -> bool:
        """Whether one run of `manage.py evaluate` is its segment's run. In a file the segment
        names the service an indicator applies to; where several services are compared with each
        other, one name cannot say both."""
        return self.rating.segment != EVERYBODY


def example_of(method: Method, asked: str = "") -> Example | None:
    """Of the latest official snapshot by this version: the party asked for by its number, else
    the most completely known one near the middle of its segment. None before there is one."""
    official = Snapshot.objects.official(method.code).filter(method=method).first()
    if official is None:
        return None
    rating = _asked(official, asked) or _typical(official)
    return opened(rating) if rating else None


def opened(rating: Rating) -> Example:
    """Any rating, step by step, in the language of the request."""
    explanation = explanation_of(rating)
    documents = rating.snapshot.method.document["dimensions"]
    return Example(
        rating=rating,
        explanation=explanation,
        dimensions=[
            ExampleDimension(
                name=name_of(document),
                score=one.score,
                earned=one.earned,
                coverage=100 * one.coverage,
                share=one.share,
                contribution=one.contribution,
                lines=[
                    ExampleLine(name_of(own), own.get("unit") or "", steps)
                    for own, steps in zip(document["indicators"], one.indicators, strict=True)
                ],
            )
            for document, one in zip(documents, explanation.dimensions, strict=True)
        ],
        agrees=_six(explanation.score) == _six(rating.score),
    )


def explanation_of(rating: Rating) -> Explanation:
    """The engine's own steps, from the stored values of the rating's segment."""
    key = f"evaluation-explanation:{rating.pk}"
    found: Explanation | None = caches["local"].get(key)
    if found is None:
        snapshot = rating.snapshot
        data = indicators_in(snapshot, rating.segment)
        found = explain(method_of(snapshot), data, _party(rating))
        caches["local"].set(key, found, KEPT)
    return found


def _asked(official: Snapshot, asked: str) -> Rating | None:
    return _ratings(official).filter(party=whole_number(asked)).first()


def _typical(official: Snapshot) -> Rating | None:
    rated = _ratings(official).filter(score__isnull=False)
    compared = rated.exclude(segment=EVERYBODY)
    near = Abs(F("rank") * 2 - F("segment_rated"))
    for some in (compared, rated):
        if (found := some.order_by("-coverage", near, "party").first()) is not None:
            return found
    return None


def _ratings(official: Snapshot) -> QuerySet[Rating]:
    """Of parties that everybody can look at."""
    shown = official.ratings.filter(is_home=True, party__status=PartyStatus.LISTED)
    return shown.select_related("party", "service", "snapshot__method")


def _party(rating: Rating) -> str:
    return key_of(rating.party_id, rating.service.code if rating.service else "")


def _six(score: float | None) -> float | None:
    return None if score is None else round(score, DECIMALS)


# --- files ----------------------------------------------------------------------------------------


def file_of(rating: Rating, name: str) -> str:
    """A CSV file of everybody in the rating's segment, as `manage.py evaluate` reads it."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    ratings = stored_ratings(rating.snapshot, rating.segment)
    writer.writerows(FILES[name](ratings, rating.snapshot))
    return out.getvalue()


def _indicators(ratings: list[Scored], snapshot: Snapshot) -> Iterator[list[object]]:
    yield ["party", "indicator", "value", "sample_size"]
    for one in ratings:
        for value in one.values:
            folded = value.folded
            if folded.value is not None:
                sample = "" if folded.sample is None else repr(folded.sample)
                yield [one.subject.key, value.indicator, repr(folded.value), sample]


def _parties(ratings: list[Scored], snapshot: Snapshot) -> Iterator[list[object]]:
    """In files the segment also says which service an indicator applies to."""
    yield ["party", "segment"]
    for one in ratings:
        yield [one.subject.key, one.subject.service or EVERYBODY]


def _gates(ratings: list[Scored], snapshot: Snapshot) -> Iterator[list[object]]:
    yield ["party", "gate"]
    for one in ratings:
        for gate in one.gates:
            yield [one.subject.key, gate]


FILES: dict[str, Callable[[list[Scored], Snapshot], Iterator[list[object]]]] = {
    "indicators": _indicators,
    "parties": _parties,
    "gates": _gates,
}
