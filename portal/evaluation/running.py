"""The job that computes a snapshot. It holds everything in memory until one transaction writes it
all: killed anywhere, it leaves nothing behind, and begins anew by the same facts."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop

from portal.core.actor import system_actor
from portal.core.jobs import LeaseLost, Progress, job
from portal.evaluation.computing import compute
from portal.evaluation.models import Snapshot
from portal.evaluation.services import fail_snapshot, write_snapshot
from portal.evaluation.services.snapshots import COMPUTE
from portal.evaluation.states import SnapshotStatus

WRITING = gettext_noop("Writing ratings")
WHOLE = 101  # one more than computing: the writing
OPEN = (SnapshotStatus.COMPUTING, SnapshotStatus.FAILED)


@job(COMPUTE)
def compute_snapshot(progress: Progress, args: dict[str, Any]) -> None:
    """A trial whose draft was edited meanwhile is no more; a computed one needs no second time."""
    actor = system_actor("task")
    snapshot = Snapshot.objects.select_related("method").filter(pk=args["snapshot"]).first()
    if snapshot is None or snapshot.status not in OPEN:
        return
    try:
        result = compute(
            snapshot, lambda done, total, step: progress.report(done=done, total=WHOLE, step=step)
        )
        progress.report(done=WHOLE - 1, total=WHOLE, step=WRITING)
        write_snapshot(actor, snapshot=snapshot, result=result)
    except LeaseLost:
        raise
    except Exception as error:
        fail_snapshot(actor, snapshot=snapshot, why=repr(error))
        raise
    progress.report(done=WHOLE, total=WHOLE, step=WRITING)
