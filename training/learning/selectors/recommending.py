"""Which courses a party needs most: those that lift the weakest indicators of its own evaluation,
and why."""

from __future__ import annotations

from dataclasses import dataclass

from portal.core.actor import Actor
from portal.evaluation.rules import can_see_own_rating
from portal.evaluation.selectors import weakest_of
from training.courses.models import Course
from training.learning.models import Enrolment
from training.learning.selectors.turns import LATE, in_turn

MOST = 3


@dataclass(frozen=True, slots=True)
class Recommended:
    """A course with the indicator it lifts. `score`: how far that is between its goalposts, in
    percent."""

    course: Course
    indicator: str
    name: str
    score: float
    period: str


def recommended_for(actor: Actor) -> list[Recommended]:
    """For the party one speaks for, the weakest indicator first, a course for each, one that can be
    begun or joined now before those that cannot; none that this person has completed or is in.
    Empty where the party is not rated."""
    if actor.party is None or not can_see_own_rating(actor):
        return []
    weak = weakest_of(actor.party)
    if not weak:
        return []
    known = _known(actor)
    courses = Course.objects.published().for_kind(actor.party.kind)
    rows = courses.filter(indicators__overlap=[code for code, *_rest in weak])
    rows = in_turn(rows, actor.party.kind).order_by("level", "code")
    offered = [row for row in rows if row.pk not in known]
    offered.sort(key=lambda row: row.turn >= LATE)  # type: ignore[attr-defined]  # annotated
    found: list[Recommended] = []
    for code, name, score, period in weak:
        taken = {one.course.pk for one in found}
        course = next((c for c in offered if code in c.indicators and c.pk not in taken), None)
        if course is not None:
            found.append(Recommended(course, code, name, score, period))
        if len(found) == MOST:
            break
    return found


def _known(actor: Actor) -> set[int]:
    rows = Enrolment.objects.filter(learner__user=actor.user_id, claim__ended_at=None)
    return set(rows.values_list("session__course", flat=True))
