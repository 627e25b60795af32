"""Which courses a party needs most: those that lift the weakest indicators of its own evaluation,
and why."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.cache import caches
from django.utils.translation import get_language

from portal.core.actor import Actor
from portal.evaluation.rules import can_see_own_rating
from portal.evaluation.selectors import own_rating
from portal.evaluation.selectors.pages import OwnRating
from portal.parties.models import Party
from training.courses.models import Course
from training.learning.models import Enrolment
from training.learning.selectors.turns import LATE, in_turn

MOST = 3
KEPT_SECONDS = 3600
WEAK = 60.0  # percent of the way between the goalposts: what stands above needs no course


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


def weakest_of(party: Party) -> list[tuple[str, str, float, str]]:
    """Code, name, score and period of what stands below `WEAK`, the weakest first. A rating never
    changes: it is reckoned once and kept."""
    own = own_rating(party)
    if own is None or own.rating is None:
        return []
    key = f"training:weak:{own.rating.pk}:{get_language()}"
    kept: list[tuple[str, str, float, str]] | None = caches["local"].get(key)
    if kept is None:
        kept = _weakest(own)
        caches["local"].set(key, kept, KEPT_SECONDS)
    return kept


def _weakest(own: OwnRating) -> list[tuple[str, str, float, str]]:
    if own.board is None:
        return []
    lines = [
        (line.code, line.name, 100 * line.steps.unit, own.snapshot.period)
        for line in own.board.lines.values()
        if line.steps.unit is not None and 100 * line.steps.unit < WEAK
    ]
    return sorted(lines, key=lambda row: (row[2], row[0]))


def _known(actor: Actor) -> set[int]:
    rows = Enrolment.objects.filter(learner__user=actor.user_id, claim__ended_at=None)
    return set(rows.values_list("session__course", flat=True))
