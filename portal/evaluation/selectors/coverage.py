"""For operators: of how many parties each indicator has data, by source and by grade, and in which
segments it has a number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise

from portal.core import clock
from portal.evaluation.coverage import Covered, coverage_of
from portal.evaluation.gathering import Gathering, parse_gathering
from portal.evaluation.models import Fact, IndicatorValue, Method, Rating, Snapshot
from portal.evaluation.selectors.documents import name_of
from portal.evaluation.selectors.ratings import shown_snapshots
from portal.evaluation.states import COUNTED, Door, Grade

Counts = Mapping[tuple[str, str], int]  # (measure, of what) → parties


@dataclass(frozen=True, slots=True)
class Source:
    """Of how many parties there are facts of one grade, or that came by one door."""

    code: str
    name: str | Promise
    parties: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """One indicator. `parties`: with facts that count, in its own window up to today. `known`: the
    ratings of the newest snapshot that have a number of it, of the `asked` it applies to."""

    name: str
    dimension: str
    made: Covered
    parties: int
    grades: list[Source]
    doors: list[Source]
    known: int
    asked: int

    @property
    def share(self) -> float:
        return 100 * self.known / max(self.asked, 1)


@dataclass(frozen=True, slots=True)
class SegmentCells:
    """One segment: how many are rated in it, and how many of them have a number of each
    indicator; None where it applies to nobody."""

    segment: str
    ratings: int
    cells: list[int | None]


@dataclass(frozen=True, slots=True)
class EvidenceReport:
    """`segment`: what it is narrowed to, "" for everybody. `on`: up to which day facts count."""

    on: date
    snapshot: Snapshot | None
    segment: str
    lines: list[Evidence]
    segments: list[SegmentCells]


def evidence_report(method: Method, segment: str = "") -> EvidenceReport:
    """Six queries, whatever the number of parties."""
    gathering, today = parse_gathering(method.gathering), clock.today()
    snapshot = shown_snapshots(method.code).first()
    segments = _segments(method, snapshot)
    if segment not in {one.segment for one in segments}:
        segment = ""
    facts = _facts(gathering, today)
    if segment:
        there = Rating.objects.filter(snapshot=snapshot, segment=segment)
        facts = facts.filter(party__in=there.values("party"))
    shown = [one for one in segments if segment in {"", one.segment}]
    return EvidenceReport(
        on=today,
        snapshot=snapshot,
        segment=segment,
        lines=list(_lines(method, gathering, facts, shown)),
        segments=segments,
    )


def _facts(gathering: Gathering, today: date) -> QuerySet[Fact]:
    """Those in force that no rule took out, each measure in its own window."""
    windows = [
        Q(measure=measure, ends_on__gt=gathering.reach_of(measure, today))
        for measure in {one.measure for one in gathering.gatherers.values()}
    ]
    rows = Fact.objects.in_force().filter(strike="", ends_on__lte=today)
    rows = rows.filter(party__kind=gathering.parties.value, party__sandbox_of=None)
    return rows.filter(reduce(or_, windows)).order_by()


def _lines(
    method: Method, gathering: Gathering, facts: QuerySet[Fact], segments: list[SegmentCells]
) -> Iterable[Evidence]:
    counted = facts.filter(grade__in=COUNTED).values_list("measure")
    parties = dict(counted.annotate(n=Count("party", distinct=True)))
    grades, doors = _by(facts, "grade"), _by(facts, "door")
    made = {one.indicator: one for one in coverage_of(gathering)}
    at = 0
    for dimension in method.document["dimensions"]:
        for one in dimension["indicators"]:
            covered = made[one["code"]]
            cells = [(row.cells[at], row.ratings) for row in segments]
            yield Evidence(
                name=name_of(one),
                dimension=name_of(dimension),
                made=covered,
                parties=parties.get(covered.measure, 0),
                grades=_sources(grades, covered.measure, ((g, g.label) for g in Grade)),
                doors=_sources(doors, covered.measure, ((d, d.label) for d in Door)),
                known=sum(known or 0 for known, _ratings in cells),
                asked=sum(ratings for known, ratings in cells if known is not None),
            )
            at += 1


def _by(facts: QuerySet[Fact], name: str) -> Counts:
    rows = facts.values_list("measure", name).annotate(n=Count("party", distinct=True))
    return {(measure, str(value)): number for measure, value, number in rows}


def _sources(
    counts: Counts, measure: str, named: Iterable[tuple[int | str, str | Promise]]
) -> list[Source]:
    found = ((str(code), name, counts.get((measure, str(code)), 0)) for code, name in named)
    return [Source(code, name, parties) for code, name, parties in found if parties]


def _segments(method: Method, snapshot: Snapshot | None) -> list[SegmentCells]:
    """Those that somebody is compared in, the largest first."""
    if snapshot is None:
        return []
    codes = [one["code"] for each in method.document["dimensions"] for one in each["indicators"]]
    ratings = Rating.objects.filter(snapshot=snapshot).order_by()
    sizes = dict(ratings.values_list("segment").annotate(n=Count("pk")))
    values = IndicatorValue.objects.filter(rating__snapshot=snapshot).order_by()
    rows = values.values_list("rating__segment", "indicator").annotate(
        n=Count("pk", Q(scaled__isnull=False))
    )
    known = {(segment, code): number for segment, code, number in rows}
    found = [
        SegmentCells(segment, size, [known.get((segment, code)) for code in codes])
        for segment, size in sizes.items()
    ]
    return sorted(found, key=lambda one: (-one.ratings, one.segment))
