"""Certificates earned, as steps of tasks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from portal.rewards.fields import StepSaid
from portal.rewards.sources import register_steps
from portal.rewards.states import StepEvent
from training.certificates.models import Certificate


@register_steps
def earned_certificates(since: datetime) -> Iterator[StepSaid]:
    """For the party its holder was enrolled by; `scope`: the course."""
    rows = Certificate.objects.filter(issued_at__gte=since).order_by("pk")
    columns = ("pk", "enrolment__party", "issued_at", "course__code")
    for pk, party, issued_at, code in rows.values_list(*columns):
        yield StepSaid(party, StepEvent.CERTIFICATE, f"certificate:{pk}", issued_at, 1, code)
