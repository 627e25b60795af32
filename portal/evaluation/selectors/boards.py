"""Everything a party sees of one rating of its own: each dimension opened to its indicators."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.evaluation.engine import Dimension, Explanation, Indicator, Indicators, explain
from portal.evaluation.engine.explain import DimensionSteps, IndicatorSteps
from portal.evaluation.models import DimensionScore, IndicatorValue, Rating
from portal.evaluation.selectors.segments import Segment, engine_key, own_data, segment_of


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator. `steps`: its path from the figure to the number on the scale; `row`: how many
    facts stand behind it; `before`: what it was at the official snapshot before."""

    code: str
    name: str
    unit: str
    steps: IndicatorSteps
    row: IndicatorValue | None
    before: IndicatorValue | None
    median: float | None

    @property
    def is_shrunk(self) -> bool:
        steps = self.steps
        return steps.strength is not None and steps.shrunk is not None

    @property
    def lack(self) -> str:
        """Why it has no number, and how much more it takes."""
        steps, least = self.steps, self.steps.indicator.min_sample
        if steps.score is not None:
            return ""
        if steps.raw is None:
            if least:
                return _("Nothing counted yet; it takes a sample of %(least)g.") % {"least": least}
            return _("Nothing counted yet.")
        have = steps.sample or 0
        said = {"have": f"{have:g}", "least": f"{least:g}", "more": f"{(least or 0) - have:g}"}
        return _("A sample of %(have)s; it takes %(least)s, %(more)s more.") % said


@dataclass(frozen=True, slots=True)
class Part:
    """One dimension with its indicators; those that do not apply to the party are left out."""

    code: str
    name: str
    score: DimensionScore
    before: float | None
    steps: DimensionSteps
    lines: list[Line]
    standing: str = ""  # strong or short

    @property
    def change(self) -> float | None:
        return _minus(self.score.score, self.before)

    @property
    def above_median(self) -> float | None:
        return _minus(self.score.score, self.score.median)

    @property
    def is_rated(self) -> bool:
        return self.score.score is not None


@dataclass(frozen=True)
class Board:
    """`before` is the rating of the official snapshot before, for the same service."""

    rating: Rating
    before: Rating | None
    segment: Segment
    opened: Explanation
    data: Indicators
    parts: list[Part]
    rows: Mapping[str, IndicatorValue]
    rows_before: Mapping[str, IndicatorValue] = field(default_factory=dict)

    @property
    def lines(self) -> dict[str, Line]:
        return {line.code: line for part in self.parts for line in part.lines}

    @property
    def change(self) -> float | None:
        return _minus(self.rating.score, self.before.score if self.before else None)

    @property
    def is_rated(self) -> bool:
        return self.rating.score is not None


def board_of(rating: Rating, before: Rating | None) -> Board:
    """The two ratings come with their `parts` and snapshots. Three queries, and two for a segment
    that was not read lately."""
    segment = segment_of(rating)
    rows, rows_before = rows_of(rating), rows_of(before) if before else {}
    data = own_data(rating, segment, list(rows.values()))
    opened = explain(segment.method, data, engine_key(rating), statistics=segment.statistics)
    return Board(
        rating=rating,
        before=before,
        segment=segment,
        opened=opened,
        data=data,
        parts=list(_parts(rating, before, segment, opened, rows, rows_before)),
        rows=rows,
        rows_before=rows_before,
    )


def rows_of(rating: Rating) -> dict[str, IndicatorValue]:
    return {row.indicator: row for row in IndicatorValue.objects.filter(rating=rating)}


def name_of(thing: Dimension | Indicator) -> str:
    """Of a dimension or an indicator of a method, in the reader's language."""
    return thing.name.get("en" if get_language() == "en" else "zh") or thing.code


def _parts(
    rating: Rating,
    before: Rating | None,
    segment: Segment,
    opened: Explanation,
    rows: Mapping[str, IndicatorValue],
    rows_before: Mapping[str, IndicatorValue],
) -> Iterator[Part]:
    scores = {part.dimension: part for part in rating.parts}
    were = {part.dimension: part.score for part in before.parts} if before else {}
    known = [part.score for part in rating.parts if part.score is not None]
    for steps in opened.dimensions:
        code = steps.dimension.code
        if code not in scores:
            continue
        yield Part(
            code=code,
            name=name_of(steps.dimension),
            score=scores[code],
            before=were.get(code),
            steps=steps,
            lines=[
                Line(
                    code=one.indicator.code,
                    name=name_of(one.indicator),
                    unit=one.indicator.unit,
                    steps=one,
                    row=rows.get(one.indicator.code),
                    before=rows_before.get(one.indicator.code),
                    median=segment.medians.get(one.indicator.code),
                )
                for one in steps.indicators
                if one.applies
            ],
            standing=_standing(scores[code].score, known),
        )


def _standing(score: float | None, known: list[float]) -> str:
    """The longest and the shortest board of those rated."""
    if score is None or len(known) < 2 or max(known) == min(known):
        return ""
    if score == max(known):
        return "strong"
    return "short" if score == min(known) else ""


def _minus(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one - other
