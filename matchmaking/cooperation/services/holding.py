"""Lines that wait for a dispute. What one request has time for is done in it, the rest in a job
whose progress stands on the dispute's page: a long term may have a hundred thousand lines."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from matchmaking.cooperation.models import Dispute
from matchmaking.cooperation.services.changes import lock_cooperation
from portal.core.actor import Actor, system_actor
from portal.core.jobs import Progress, job, queue_job
from portal.core.models import Job
from portal.parties.states import PartyKind
from portal.revenue.models import LineHold, OrderLine
from portal.revenue.selectors import lines_of_agreement
from portal.revenue.services import hold_lines, release_lines

CAUSE = "cooperation.dispute"
KIND = "cooperation.holds"
AT_ONCE = 400  # lines, about half a second


def follow_lines(actor: Actor, dispute: Dispute) -> int:
    """Hold the lines it is about that nobody holds yet; where it is over, let go of them as its
    outcome says. How many there are."""
    moved, left = _step(actor, dispute)
    if left and job_of(dispute) is None:
        queue_job(actor, kind=KIND, key=str(dispute.pk), args={"dispute": str(dispute.pk)})
    return moved + left


def lock_dispute(key: UUID) -> Dispute:
    """The cooperation first, then the dispute."""
    cooperation = lock_cooperation(Dispute.objects.get(pk=key).cooperation_id)
    locked = Dispute.objects.select_for_update(of=("self",), no_key=True).get(pk=key)
    locked.cooperation = cooperation
    return locked


def holds_left(disputes: QuerySet[Dispute]) -> bool:
    """Whether lines of disputes that are over still stand on hold."""
    keys = [str(key) for key in disputes.values_list("pk", flat=True)]
    return LineHold.objects.filter(cause_type=CAUSE, cause_id__in=keys, released_at=None).exists()


def job_of(dispute: Dispute) -> Job | None:
    """The unfinished one."""
    return Job.objects.filter(kind=KIND, key=str(dispute.pk), finished_at=None).first()


@job(KIND)
def go_on(progress: Progress, args: dict[str, Any]) -> None:
    """Until nothing is left: safe to run twice, because it asks anew each time."""
    done, left = progress.checkpoint.get("done", 0), 1
    while left:
        with transaction.atomic():
            dispute = lock_dispute(UUID(args["dispute"]))
            moved, left = _step(system_actor("task"), dispute)
            done += moved
            progress.checkpoint["done"] = done
            progress.report(done=done, total=done + left, step="Order lines")


def _step(actor: Actor, dispute: Dispute) -> tuple[int, int]:
    """What was held or released, and how many lines are left."""
    cause, is_over = str(dispute.pk), dispute.closed_at is not None
    waiting = _held(dispute) if is_over else _free(dispute)
    count, lines = waiting.count(), list(waiting[:AT_ONCE].values_list("pk", flat=True))
    if is_over:
        returned = dispute.returned_bp or 0
        release_lines(actor, cause_type=CAUSE, cause_id=cause, returned_bp=returned, lines=lines)
    elif lines:
        is_provider = dispute.cooperation.provider.kind == PartyKind.PROVIDER
        roles = ["provider"] if is_provider else ["creator", "agency"]
        hold_lines(actor, lines=lines, roles=roles, cause_type=CAUSE, cause_id=cause)
    return len(lines), count - len(lines)


def _free(dispute: Dispute) -> QuerySet[OrderLine]:
    lines = lines_of_agreement(
        dispute.cooperation.agreement_id, first=dispute.first_day, last=dispute.last_day
    )
    holds = LineHold.objects.filter(line=OuterRef("pk"))
    held = holds.filter(released_at=None)
    own = holds.filter(cause_type=CAUSE, cause_id=str(dispute.pk))
    return lines.exclude(Exists(held)).exclude(Exists(own)).order_by("pk")


def _held(dispute: Dispute) -> QuerySet[OrderLine]:
    own = LineHold.objects.filter(
        line=OuterRef("pk"), cause_type=CAUSE, cause_id=str(dispute.pk), released_at=None
    )
    return OrderLine.objects.filter(Exists(own)).order_by("pk")
