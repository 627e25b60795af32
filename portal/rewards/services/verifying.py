"""From the last step to a decision: by the records where nothing looks odd, else by a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Count, Max, Q

from portal.core import bulk, clock
from portal.core.actor import Actor
from portal.core.verdict import Flaw, Refused, flawless
from portal.rewards import rules
from portal.rewards.models import Claim, ClaimSign, ClaimStep, PoolEntry
from portal.rewards.services.giving_back import (
    FACTS,
    change_claim,
    give_back,
    lock_claim,
    lock_claims,
    lock_ways,
    set_status,
    write_down,
)
from portal.rewards.services.granting import due_of, grant_locked
from portal.rewards.services.telling import tell_claims
from portal.rewards.signs import signs_of
from portal.rewards.states import (
    LAG,
    RUNNING,
    Check,
    ClaimStatus,
    EntryKind,
    Standing,
)

# Who finishes first: the quota, then the pool; where either finds nothing, both are undone.
TAKE = """
    WITH place AS (
        UPDATE rewards_task SET taken = taken + 1 WHERE id = %(task)s AND taken < quota RETURNING id
    ), money AS (
        UPDATE rewards_pool SET reserved = reserved + %(amount)s
        WHERE id = %(pool)s AND budget - reserved - granted >= %(amount)s
        RETURNING id
    )
    SELECT (SELECT count(*) FROM place) + (SELECT count(*) FROM money)
"""
BOTH = 2


class _Nothing(Exception):
    """Left of the quota, or of the pool."""


def advance(actor: Actor, *, claims: Sequence[UUID]) -> int:
    """Claims that run, as the records have them now: begun, or done. How many changed. Within the
    transaction that counted and holds their rows."""
    rows = ClaimStep.objects.filter(claim__in=claims).order_by().values("claim")
    found = {
        row["claim"]: row
        for row in rows.annotate(
            most=Max("done"), missing=Count("pk", filter=Q(reached_at=None)), last=Max("reached_at")
        )
    }
    begun, done, changed = [], [], []
    for claim in lock_claims(found):
        if claim.status not in RUNNING:
            continue
        row = found[claim.pk]
        if claim.status == ClaimStatus.CLAIMED and row["most"] > 0:
            begun.append(claim)
        before, claim.finished_at = claim.finished_at, None if row["missing"] else row["last"]
        if before is None and claim.finished_at is not None:
            done.append(claim)
        elif before != claim.finished_at:  # what it was done by was given back, or told late
            changed.append(claim)
    bulk.update(changed, ["finished_at"])
    _begin(actor, begun)
    _finish(actor, done)
    return len({claim.pk for claim in (*begun, *done, *changed)})


def _begin(actor: Actor, claims: Sequence[Claim]) -> None:
    """From the first record on the place is kept until the task's last day."""
    for claim in claims:
        set_status(claim, ClaimStatus.IN_PROGRESS)
        claim.kept_until = claim.due_at + LAG
    bulk.update(claims, ["status", "kept_until"])
    write_down(actor, claims, "begin_claim")


def _finish(actor: Actor, claims: Sequence[Claim]) -> None:
    bulk.update(claims, ["finished_at"])
    by_records = [claim for claim in claims if claim.task.check_by == Check.RECORDS]
    submit_many(actor, by_records)
    by_hand = [claim for claim in claims if claim.task.check_by == Check.OPERATOR]
    tell_claims(by_hand, "claim.reached", at=clock.now())  # again, where an order was given back


def submit_many(actor: Actor, claims: Sequence[Claim]) -> None:
    """Handed in; what the records decide and nothing speaks against has passed."""
    now = clock.now()
    for claim in claims:
        set_status(claim, ClaimStatus.SUBMITTED)
        claim.submitted_at = now
    bulk.update(claims, ["status", "submitted_at"])
    write_down(actor, claims, "submit_claim")
    odd = _note_signs(claims, now)
    for claim in odd:
        set_status(claim, ClaimStatus.VERIFYING)
    bulk.update(odd, ["status"])
    write_down(actor, odd, "suspect_claim")
    clean = [claim for claim in claims if claim not in odd]
    pass_many(actor, [claim for claim in clean if claim.task.check_by == Check.RECORDS])


def _note_signs(claims: Sequence[Claim], now: datetime) -> list[Claim]:
    """A sign decides nothing: it sends the claim to a person."""
    found = signs_of(claims) if claims else {}
    ClaimSign.objects.bulk_create(
        [
            ClaimSign(
                claim_id=key,
                code=one.code,
                value=one.value,
                threshold=one.threshold,
                of=one.of,
                found_at=now,
            )
            for key, signs in found.items()
            for one in signs
        ],
        ignore_conflicts=True,
    )
    return [claim for claim in claims if found.get(claim.pk)]


@transaction.atomic
def submit_claim(actor: Actor, *, claim: Claim, note: str = "") -> Claim:
    """By the party, where an operator looks at it."""
    claim = lock_claim(claim)
    rules.can_submit_claim(actor, claim).require()
    if len(note.strip()) > 600:
        raise Refused(flawless([Flaw("note", rules.TOO_LONG)]))
    claim.note = note.strip()
    # Counted, and not carried on yet: it was done when its last step was reached.
    claim.finished_at = claim.steps.aggregate(last=Max("reached_at"))["last"]
    claim.save(update_fields=["note", "finished_at"])
    submit_many(actor, [claim])
    return claim


@transaction.atomic
def take_up_claim(actor: Actor, *, claim: Claim) -> Claim:
    """Somebody looks at it now."""
    claim = lock_claim(claim)
    rules.can_take_up_claim(actor, claim).require()
    change_claim(actor, claim, ClaimStatus.VERIFYING, "take_up_claim")
    return claim


@transaction.atomic
def pass_claim(actor: Actor, *, claim: Claim, reason: str = "") -> Claim:
    """It passed, and is rewarded at once; where others were first, it passed without."""
    claim = lock_claim(claim)
    rules.can_pass_claim(actor, claim).require()
    claim.reason = reason.strip()[:600]
    pass_many(actor, [claim])
    return claim


@transaction.atomic
def fail_claim(actor: Actor, *, claim: Claim, reason: str) -> Claim:
    """With its reason; what was put aside goes back, and the party may object."""
    claim = lock_claim(claim)
    rules.can_pass_claim(actor, claim).require()
    rules.reason_is_sound(reason).require()
    claim.reason, claim.decided_by = reason.strip(), actor.user
    claim.decided_at = claim.ended_at = clock.now()
    give_back(actor, [claim], EntryKind.RELEASE)
    change_claim(actor, claim, ClaimStatus.FAILED, "fail_claim", why=claim.reason)
    tell_claims([claim], "claim.failed")
    return claim


def pass_many(actor: Actor, claims: Sequence[Claim], verb: str = "pass_claim") -> None:
    """Passed, the first to finish first, and rewarded. The caller holds their rows."""
    now = clock.now()
    racing = [claim for claim in claims if claim.standing != Standing.RESERVED]
    if len(racing) > 1:
        lock_ways(racing)
    for claim in sorted(claims, key=lambda one: (one.finished_at or now, str(one.pk))):
        set_status(claim, ClaimStatus.PASSED)
        claim.decided_at = claim.ended_at = now
        claim.decided_by = actor.user
        if claim.standing != Standing.RESERVED:
            take_reward(actor, claim)
    bulk.update(claims, FACTS)
    write_down(actor, claims, verb)
    tell_claims([claim for claim in claims if claim.missed_out], "claim.missed")
    grant_locked(actor, [claim for claim in claims if claim.standing == Standing.RESERVED])


def take_reward(actor: Actor, claim: Claim) -> bool:
    """For who finished first, or stands again after an objection: whether one was left."""
    amount = due_of(claim)
    values = {"task": claim.task_id, "pool": claim.task.pool_id, "amount": amount}
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(TAKE, values)
            if cursor.fetchone() != (BOTH,):
                raise _Nothing
    except _Nothing:
        return False
    if amount:
        PoolEntry.objects.create(
            pool_id=claim.task.pool_id,
            kind=EntryKind.RESERVE,
            amount=amount,
            claim_id=claim.pk,
            at=clock.now(),
            by_id=actor.user_id,
        )
    claim.standing = Standing.RESERVED
    return True
