"""Claiming a task: one conditional UPDATE of the quota and one of the pool decide, and the claim is
written by the same statement. And giving it up again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, connection, models, transaction

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.alongside import written_alongside
from portal.core.verdict import Refused, conflict
from portal.parties.models import Party
from portal.parties.services import lock_party
from portal.rewards import rules
from portal.rewards.models import Claim, ClaimStep, PoolEntry, Task
from portal.rewards.services.counting import recount_claim
from portal.rewards.services.giving_back import change_claim, give_back, lock_claim
from portal.rewards.states import (
    LAG,
    ClaimStatus,
    EntryKind,
    Hold,
    Since,
    Standing,
)

# Neither UPDATE waits for the other's result: where either finds nothing, all of it is undone.
KEEP = """
    WITH place AS (
        UPDATE rewards_task SET taken = taken + 1
        WHERE id = %(task)s AND status = 'published' AND closes_at > %(now)s AND taken < quota
        RETURNING id
    ), money AS (
        UPDATE rewards_pool SET reserved = reserved + %(amount)s
        WHERE id = %(pool)s AND budget - reserved - granted >= %(amount)s
        RETURNING id
    )"""
# Who finishes first is rewarded: nothing is put aside, but a closed task takes nobody.
JOIN = """
    WITH place AS (
        SELECT id FROM rewards_task
        WHERE id = %(task)s AND status = 'published' AND closes_at > %(now)s AND taken < quota
        FOR SHARE
    ), money AS (SELECT 1)"""
RESULT = " SELECT (SELECT count(*) FROM place) + (SELECT count(*) FROM money)"
BOTH = 2
ONCE = "reward_claim_one_alive"


def claim_task(actor: Actor, *, task: Task, party: Party) -> Claim:
    """Refused (409) with one sentence for everybody who comes after the last reward. Records that
    count from the season's first day count at once."""
    # What was published stays; whether it is open, and what is left, the statement asks again.
    task = Task.objects.select_related("pool", "programme").get(pk=task.pk)
    if not rules.has_reward(task):  # nobody is locked for hearing that
        rules.can_claim_task(actor, task, party).require()
    models.prefetch_related_objects([task], "steps")
    try:
        claim = _claim(actor, task, party)
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        if getattr(diagnosis, "constraint_name", None) != ONCE:
            raise
        raise Refused(conflict(rules.ALREADY)) from error
    if any(step.since == Since.SEASON for step in task.steps.all()):
        recount_claim(actor, claim)
        claim.refresh_from_db()
    return claim


@transaction.atomic
def _claim(actor: Actor, task: Task, party: Party) -> Claim:
    party = lock_party(party)
    rules.can_claim_task(actor, task, party).require()
    claim = _new(actor, task, party, clock.now())
    besides = _besides(actor, claim)
    audit.tell(actor, "claim_task", claim)
    more, values = written_alongside(besides)
    values |= {
        "task": task.pk,
        "pool": task.pool_id,
        "amount": claim.amount,
        "now": claim.claimed_at,
    }
    with connection.cursor() as cursor:
        way = KEEP if task.hold == Hold.CLAIM else JOIN
        cursor.execute(f"{way}{more}{RESULT}", values)
        (found,) = cursor.fetchone()
    if found != BOTH:
        raise Refused(conflict(rules.GONE))
    return claim


def _new(actor: Actor, task: Task, party: Party, now: datetime) -> Claim:
    due = now + timedelta(days=task.finish_days)
    begin = now + timedelta(days=task.begin_days) if task.begin_days else due
    kept = Standing.RESERVED if task.hold == Hold.CLAIM else Standing.NONE
    return Claim(
        task=task,
        party=party,
        standing=kept,
        amount=task.amount,
        claimed_at=now,
        claimed_by=actor.user,
        kept_until=begin + LAG,
        due_at=due,
    )


def _besides(actor: Actor, claim: Claim) -> list[models.Model]:
    """What the statement writes with the claim; foreign keys are asked about at the commit."""
    rows: list[models.Model] = [claim]
    rows += [ClaimStep(claim=claim, step=step) for step in claim.task.steps.all()]
    if claim.standing == Standing.RESERVED:
        rows.append(
            PoolEntry(
                pool_id=claim.task.pool_id,
                kind=EntryKind.RESERVE,
                amount=claim.amount,
                claim=claim,
                at=claim.claimed_at,
                by=actor.user,
            )
        )
    rows.append(audit.entry(actor, "claim_task", claim, at=claim.claimed_at, after=_said(claim)))
    return rows


def _said(claim: Claim) -> dict[str, Any]:
    return {"task": claim.task.code, "status": claim.status, "due_at": claim.due_at}


@transaction.atomic
def withdraw_claim(actor: Actor, *, claim: Claim) -> Claim:
    """The place goes to somebody else."""
    lock_party(claim.party)
    claim = lock_claim(claim)
    rules.can_withdraw_claim(actor, claim).require()
    claim.ended_at = clock.now()
    give_back(actor, [claim], EntryKind.RELEASE)
    change_claim(actor, claim, ClaimStatus.WITHDRAWN, "withdraw_claim")
    return claim
