"""Passing and rewarding many at once: some claims a transaction, so that whatever dies in between
leaves each of them rewarded once or not at all, and the next worker goes on."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.core import jobs
from portal.core.actor import Actor
from portal.core.models import Job
from portal.core.verdict import Refused, unmet
from portal.rewards import rules
from portal.rewards.models import Claim, Task
from portal.rewards.models.claims import TaskClaimQuerySet
from portal.rewards.services.giving_back import lock_claims
from portal.rewards.services.granting import grant_locked
from portal.rewards.services.verifying import pass_many
from portal.rewards.states import CHUNK, ClaimStatus, Standing

GRANT = "rewards.grant"


@transaction.atomic
def grant_rewards(actor: Actor, *, task: Task) -> Job:
    """Pass whatever was handed in for a task and shows no sign, and reward it: as a job."""
    rules.can_grant_rewards(actor).require()
    if not waiting_of(actor, task).exists():
        raise Refused(unmet(_("No claim of this task waits without a sign.")))
    args = {"task": task.pk, "user": actor.user_id}
    return jobs.queue_job(actor, kind=GRANT, key=str(task.pk), args=args)


@transaction.atomic
def grant_some(actor: Actor, *, task: Task, most: int = CHUNK) -> int:
    """The next ones; how many were looked at. Claims of which somebody else holds the row wait."""
    rules.can_grant_rewards(actor).require()
    rows = waiting_of(actor, task).order_by("pk").values_list("pk", flat=True)
    claims = lock_claims(list(rows[:most]))
    pass_many(actor, [one for one in claims if one.status == ClaimStatus.SUBMITTED])
    ready = (ClaimStatus.PASSED, Standing.RESERVED)
    grant_locked(actor, [one for one in claims if (one.status, one.standing) == ready])
    return len(claims)


def waiting_of(actor: Actor, task: Task) -> TaskClaimQuerySet:
    """What a job of this person passes: nothing with a sign, nothing of a party of their own."""
    rows = Claim.objects.filter(task=task, status=ClaimStatus.SUBMITTED, signs=None)
    rows |= Claim.objects.to_reward().filter(task=task, signs=None)
    if actor.user_id is not None:
        rows = rows.exclude(party__membership__user=actor.user_id)
    found: TaskClaimQuerySet = rows
    return found
