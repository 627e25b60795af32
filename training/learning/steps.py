"""Courses finished, as steps of tasks: told for the party the learner was enrolled by."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from portal.rewards.fields import StepSaid
from portal.rewards.sources import register_steps
from portal.rewards.states import StepEvent
from training.learning.models import Enrolment

AN_HOUR = 60  # minutes


@register_steps
def finished_courses(since: datetime) -> Iterator[StepSaid]:
    """`amount`: hours attended, one at least; `scope`: the course."""
    rows = Enrolment.objects.completed().filter(ended_at__gte=since).order_by("ended_at", "pk")
    columns = ("pk", "party", "ended_at", "attended_minutes", "session__course__code")
    for pk, party, ended_at, minutes, code in rows.values_list(*columns):
        if ended_at is not None:
            hours = max(1, round((minutes or 0) / AN_HOUR))
            yield StepSaid(party, StepEvent.COURSE, f"enrolment:{pk}", ended_at, hours, code)
