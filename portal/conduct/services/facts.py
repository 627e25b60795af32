"""What cases tell the evaluation: points of violations, and whether things were put right in time.

The points are those of the rule, on the day the violation was confirmed; the evaluation lets them
fade to the moment of its snapshot, as `Case.points_at` does.
"""

from __future__ import annotations

from portal.conduct.models import Case, CorrectiveAction
from portal.core import clock
from portal.core.actor import Actor, system_actor
from portal.evaluation.measures import MEASURES
from portal.evaluation.models import Fact
from portal.evaluation.services import correct_fact, record_fact
from portal.evaluation.states import Grade

POINTS, PLAN_ITEM = "violation_points", "plan_item"
OF_CASE, OF_ACTION = "conduct.case", "conduct.action"
LAPSED = "the violation has lapsed"


def record_violation(actor: Actor, case: Case) -> None:
    """Once it is in force: an appeal that was right leaves nothing to take back."""
    if case.party.kind not in MEASURES[POINTS].kinds:
        return
    assert case.confirmed_at is not None  # by constraint
    assert case.points is not None
    day = clock.day_of(case.confirmed_at)
    record_fact(
        system_actor(actor.via),
        party=case.party,
        measure=POINTS,
        value=float(case.points),
        starts_on=day,
        ends_on=day,
        grade=Grade.PLATFORM,
        ref_kind=OF_CASE,
        ref_id=case.public_id,
        detail={"number": case.number, "rule": case.rule.code},
    )


def take_violation_back(actor: Actor, case: Case) -> None:
    """It has lapsed: from now on it weighs nothing."""
    facts = Fact.objects.in_force().filter(measure=POINTS, ref_kind=OF_CASE)
    fact = facts.filter(ref_id=str(case.public_id)).first()
    if fact is not None:
        correct_fact(system_actor(actor.via), fact=fact, is_void=True, why=LAPSED)


def record_action(actor: Actor, action: CorrectiveAction) -> None:
    """Once it is closed: 100 for done in time, 0 for late or not done."""
    if action.case.party.kind not in MEASURES[PLAN_ITEM].kinds:
        return
    assert action.closed_at is not None  # by constraint
    record_fact(
        system_actor(actor.via),
        party=action.case.party,
        measure=PLAN_ITEM,
        value=100.0 if action.is_on_time else 0.0,
        starts_on=clock.day_of(action.asked_at),
        ends_on=clock.day_of(action.closed_at),
        grade=Grade.PLATFORM,
        ref_kind=OF_ACTION,
        ref_id=action.pk,
        detail={"number": action.case.number, "title": action.title},
    )
