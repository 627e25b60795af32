"""From facts to a snapshot: gather → fold → score. Reads only, and gives the same each time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields

from django.utils.translation import gettext_noop

from portal.evaluation.computing.gates import gates_on
from portal.evaluation.computing.results import (
    Folded,
    Result,
    Subject,
    scores_digest,
    values_digest,
)
from portal.evaluation.computing.scoring import rated
from portal.evaluation.computing.stored import method_of
from portal.evaluation.gathering import Gathered, gather
from portal.evaluation.models import Snapshot

Report = Callable[[int, int, str], None]
GATHERING, SCORING = gettext_noop("Gathering facts"), gettext_noop("Scoring segments")
WHOLE = 100  # of the progress: a third for the gathering, the rest for the segments
GATHERED = 30


def compute(snapshot: Snapshot, report: Report = lambda done, total, step: None) -> Result:
    """All of a snapshot's ratings, by the facts recorded up to its cut. `report(done, total,
    step)`: how far it is."""
    report(0, WHOLE, GATHERING)
    gathered = gather(snapshot.method, ends_on=snapshot.ends_on, cut=snapshot.cut)
    subjects = subjects_of(gathered)
    report(GATHERED, WHOLE, SCORING)
    ratings = rated(
        method_of(snapshot),
        subjects,
        gates=gates_on(snapshot.ends_on),
        draws=snapshot.draws,
        report=lambda done, total: report(
            GATHERED + done * (WHOLE - GATHERED) // total, WHOLE, SCORING
        ),
    )
    return Result(
        ratings=ratings,
        facts_digest=gathered.facts_digest,
        facts_count=gathered.facts_count,
        values_digest=values_digest(subjects),
        scores_digest=scores_digest(ratings),
    )


def subjects_of(gathered: Gathered) -> list[Subject]:
    """Those who are gathered, in the order of their keys."""
    found = [
        Subject(
            party_id=unit.party_id,
            service_id=unit.service_id,
            service=unit.service,
            band=unit.band,
            is_home=unit.is_home,
            values={
                code: Folded(**{one.name: getattr(value, one.name) for one in fields(Folded)})
                for code, value in unit.values.items()
            },
        )
        for unit in gathered.units
    ]
    return sorted(found, key=lambda subject: subject.key)
