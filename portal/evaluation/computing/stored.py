"""A snapshot read back: what stands in the database, in the shapes it was computed in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import fields

from django.db.models import Q, QuerySet

from portal.evaluation.computing.results import (
    Folded,
    Scored,
    ScoredDimension,
    ScoredValue,
    Subject,
)
from portal.evaluation.computing.scoring import indicators_of
from portal.evaluation.engine import Indicators, Method, parse_method
from portal.evaluation.models import DimensionScore, IndicatorValue, Rating, Snapshot
from portal.evaluation.segments import EVERYBODY, band_of

# What stands in the row of a rating itself.
OWN = [one.name for one in fields(Scored) if one.name not in {"subject", "dimensions", "values"}]


def stored_ratings(snapshot: Snapshot, segment: str = EVERYBODY) -> list[Scored]:
    """The ratings of everybody within a segment, in the order of their keys."""
    ratings = list(within(snapshot.ratings.all(), segment).select_related("service"))
    dimensions: defaultdict[int, dict[str, ScoredDimension]] = defaultdict(dict)
    values: defaultdict[int, dict[str, ScoredValue]] = defaultdict(dict)
    keys = within(snapshot.ratings.all(), segment).values("pk")
    for one in DimensionScore.objects.filter(rating__in=keys):
        dimensions[one.rating_id][one.dimension] = _dimension(one)
    for row in IndicatorValue.objects.filter(rating__in=keys):
        values[row.rating_id][row.indicator] = _value(row)
    method = method_of(snapshot)
    found = [_scored(method, row, dimensions[row.pk], values[row.pk]) for row in ratings]
    return sorted(found, key=lambda rating: rating.subject.key)


def within(ratings: QuerySet[Rating], segment: str) -> QuerySet[Rating]:
    """Everybody who belongs to a segment, also those who are compared in a part of it."""
    if segment == EVERYBODY:
        return ratings
    return ratings.filter(Q(own_segment=segment) | Q(own_segment__startswith=f"{segment}/"))


def method_of(snapshot: Snapshot) -> Method:
    return parse_method(snapshot.method.document)


def indicators_in(snapshot: Snapshot, segment: str) -> Indicators:
    """What the engine read of a segment; keys of parties as in `Subject.key`."""
    ratings = stored_ratings(snapshot, segment)
    gates = {one.subject.party_id: one.gates for one in ratings}
    subjects = [one.subject for one in ratings]
    return indicators_of(method_of(snapshot), subjects, gates, segment)


def _scored(
    method: Method,
    row: Rating,
    dimensions: Mapping[str, ScoredDimension],
    values: Mapping[str, ScoredValue],
) -> Scored:
    """The dimensions and values in the method's order."""
    subject = Subject(
        party_id=row.party_id,
        service_id=row.service_id,
        service=row.service.code if row.service else "",
        band=band_of(row.own_segment),
        is_home=row.is_home,
        values={code: value.folded for code, value in values.items()},
    )
    return Scored(
        subject=subject,
        dimensions=[dimensions[one.code] for one in method.dimensions if one.code in dimensions],
        values=[values[code] for code in method.codes if code in values],
        **{name: getattr(row, name) for name in OWN},
    )


def _dimension(row: DimensionScore) -> ScoredDimension:
    return ScoredDimension(**{one.name: getattr(row, one.name) for one in fields(ScoredDimension)})


def _value(row: IndicatorValue) -> ScoredValue:
    folded = Folded(**{one.name: getattr(row, one.name) for one in fields(Folded)})
    return ScoredValue(row.indicator, folded, row.scaled, row.percentile)
