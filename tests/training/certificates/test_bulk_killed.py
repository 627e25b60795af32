"""kill -9 of a real worker in the middle of a thousand certificates: another goes on, and everybody
has exactly one."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.db.models import Count

from portal.core import jobs
from portal.core.models import AuditEntry, Job, JobState
from portal.core.verdict import Refused
from portal.notices.models import Notice
from tests.core.test_worker_killed import row_of, start_worker
from tests.factories import SYSTEM, wait_for
from tests.processes import kill
from tests.training.certificates.making import course, many_completed
from training.certificates import services
from training.certificates.models import Certificate
from training.learning.models import Enrolment

__all__ = ["start_worker"]  # the fixture
PEOPLE = 1_000


@pytest.mark.django_db(transaction=True)
def test_a_thousand_certificates_are_issued_once_though_the_worker_is_killed(
    start_worker, operator, provider
):
    of = course(certificate_months=None)
    many_completed(of, provider.party, PEOPLE)
    of.certificate_months = 12
    of.save()
    job = services.start_issue(operator.actor, course=of)
    with pytest.raises(Refused):
        services.start_issue(operator.actor, course=of)  # one at a time

    first = start_worker()
    wait_for(lambda: row_of(job).done >= 200, seconds=120)
    with transaction.atomic():
        # Held here, the next batch stands in the middle of its transaction.
        list(
            Enrolment.objects.filter(certificate=None).order_by("pk").select_for_update(of=["self"])
        )
        kill(first)
        half = row_of(job)
        written = Certificate.objects.count()
    assert half.state == JobState.RUNNING
    assert 200 <= half.done == written < PEOPLE, "it was killed in the middle"

    start_worker()
    wait_for(lambda: jobs.sweep_jobs() == 1 or row_of(job).attempts > 1, seconds=120)
    wait_for(lambda: row_of(job).state == JobState.DONE, seconds=120)

    ended: Job = row_of(job)
    assert (ended.attempts, ended.done, ended.total, ended.error) == (2, PEOPLE, PEOPLE, "")
    rows = Certificate.objects.values("enrolment").annotate(n=Count("pk"))
    assert (len(rows), {row["n"] for row in rows}) == (PEOPLE, {1})
    assert Certificate.objects.values("number").distinct().count() == PEOPLE
    assert AuditEntry.objects.filter(verb="issue_certificate").count() == PEOPLE
    told = Notice.objects.filter(event="certificate.issued")
    assert (told.count(), told.values("user").distinct().count()) == (PEOPLE, PEOPLE)
    with pytest.raises(Refused):
        services.start_issue(SYSTEM, course=of)  # nobody is left
