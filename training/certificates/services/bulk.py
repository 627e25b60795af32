"""Certificates for everybody who completed a course without one: a job that survives its worker.

A batch and its progress are one transaction: whoever is killed loses the batch, and whoever goes on
finds those without a certificate again, and nobody else.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from portal.core import audit, clock
from portal.core.actor import Actor, actor_again
from portal.core.jobs import Progress, job, queue_job
from portal.core.models import Job
from training.certificates import rules, selectors
from training.certificates.models import Certificate
from training.certificates.services.issuing import tell_issued, write_certificates
from training.courses.models import Course
from training.learning.models import Enrolment

BATCH = 50
STEP = gettext_noop("Issuing certificates")


@transaction.atomic
def start_issue(actor: Actor, *, course: Course) -> Job:
    """In the background, with its progress; one at a time for a course."""
    rules.can_issue_in_bulk(actor, course).require()
    waiting = selectors.without_certificate(course).count()
    rules.has_somebody_without(waiting).require()
    args = {"course": course.pk, "total": waiting}
    started = queue_job(actor, kind=selectors.ISSUE, key=f"course:{course.pk}", args=args)
    audit.record(actor, "start_issue", course, after={"people": waiting})
    return started


@job(selectors.ISSUE)
def issue_in_bulk(progress: Progress, args: dict[str, Any]) -> None:
    created_by = progress.job.created_by_id
    actor = actor_again(created_by, None, "task")
    course = Course.objects.get(pk=args["course"])
    if created_by is not None:
        rules.can_issue_in_bulk(actor, course).require()
    while batch := list(selectors.without_certificate(course).values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            rows = Enrolment.objects.select_for_update(of=("self",), no_key=True).whole()
            locked = rows.select_related("learner__member").filter(pk__in=batch).order_by("pk")
            made = write_certificates(actor, list(locked), at=clock.now())
            tell_issued(actor, made, run=str(progress.job.pk))
            progress.checkpoint["done"] = done = progress.checkpoint.get("done", 0) + len(made)
            progress.report(done=done, total=max(args["total"], done), step=STEP)


@transaction.atomic
def bring_certificates(actor: Actor, *, enrolments: Sequence[Enrolment]) -> list[Certificate]:
    """Of courses that were completed before: issued in the moment of their completion, expired
    where their last day has passed, renewed where the course was completed again. Nobody is told.
    With session, course, learner and party."""
    rules.can_bring_certificates(actor).require()
    return write_certificates(actor, enrolments)
