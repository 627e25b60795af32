"""What became of each party's weak boards: the change of its two weakest dimensions over a year,
told with each official snapshot that takes effect."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from portal.core.actor import Actor, system_actor
from portal.evaluation.fields import FactFields
from portal.evaluation.gathering.document import month_back
from portal.evaluation.measures import MEASURES
from portal.evaluation.models import DimensionScore, Snapshot
from portal.evaluation.services.corrections import correct_fact
from portal.evaluation.services.facts import already_said, record_facts
from portal.evaluation.states import Grade, SnapshotKind

MEASURE, REF = "weakest_change", "evaluation.official"
WEAKEST, MONTHS = 2, 12
WHY = "the official rating was corrected"
Scores = Mapping[str, float]  # dimension → score
Rated = tuple[int, int | None, str]  # the party, its service and the service's code


def record_weakest_changes(actor: Actor, snapshot: Snapshot) -> int:
    """Of everybody rated in it and a year before; how many. A corrected snapshot corrects them."""
    if snapshot.method.code not in MEASURES[MEASURE].kinds:
        return 0
    before = _a_year_before(snapshot)
    actor = system_actor(actor.via)
    facts = list(_facts(before, snapshot)) if before else []
    said = {one.key: row for one, row in already_said(facts)}
    for one in facts:
        row = said.get(one.key)
        while row is not None and (later := getattr(row, "correction", None)) is not None:
            row = later
        if row is not None and row.value != one.value:
            correct_fact(actor, fact=row, value=one.value, why=WHY)
    return record_facts(actor, facts=[one for one in facts if one.key not in said])


def _a_year_before(snapshot: Snapshot) -> Snapshot | None:
    officials = Snapshot.objects.official(snapshot.method.code).filter(kind=SnapshotKind.OFFICIAL)
    return officials.filter(ends_on=month_back(snapshot.ends_on, MONTHS)).first()


def _facts(before: Snapshot, now: Snapshot) -> Iterator[FactFields]:
    was, others = _scores(before), _scores(now)
    for rated, scores in sorted(others.items(), key=lambda pair: (pair[0][0], pair[0][1] or 0)):
        party_id, service_id, code = rated
        change = change_of_weakest(was.get(rated, {}), scores)
        if change is None:
            continue
        yield FactFields(
            party_id=party_id,
            measure=MEASURE,
            value=change,
            service_id=service_id,
            starts_on=before.ends_on,
            ends_on=now.ends_on,
            grade=Grade.PLATFORM,
            ref_kind=REF,
            ref_id=f"{now.period}:{code}",
        )


def change_of_weakest(was: Scores, now: Scores) -> float | None:
    """In points, of the two that were lowest among those rated both times; nothing without two."""
    both = sorted((score, code) for code, score in was.items() if code in now)
    if len(both) < WEAKEST:
        return None
    return round(sum(now[code] - score for score, code in both[:WEAKEST]) / WEAKEST, 2)


def _scores(snapshot: Snapshot) -> dict[Rated, dict[str, float]]:
    rows = DimensionScore.objects.filter(rating__snapshot=snapshot, score__isnull=False)
    found: defaultdict[Rated, dict[str, float]] = defaultdict(dict)
    columns = ("rating__party", "rating__service", "rating__service__code", "dimension", "score")
    for party, service, code, dimension, score in rows.values_list(*columns):
        found[party, service, code or ""][dimension] = score
    return dict(found)
