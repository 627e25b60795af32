"""Claims of the past, by the thousand: what their parties did is written down first, the same count
as every night's says how far they came, and each ends as the rules would have ended it.

Rewards of those that passed are put aside and wait for `grant_some`, as always.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction

from portal.core import audit, bulk, clock
from portal.core.actor import Actor
from portal.core.models import AuditEntry
from portal.parties.models import Party, User
from portal.rewards import rules
from portal.rewards.fields import StepSaid
from portal.rewards.models import Claim, ClaimSign, ClaimStep, PoolEntry, StepRecord, Task
from portal.rewards.services.counting import count
from portal.rewards.services.giving_back import move_places, shift_pools
from portal.rewards.states import LAG, Check, ClaimStatus, EntryKind, Hold, Standing

AT_ONCE = 5_000
C = ClaimStatus
NOT_GRANTED = frozenset({C.FAILED, C.EXPIRED, C.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Answer:
    """Of an operator to what was handed in; an empty reason: it passed."""

    at: datetime
    by: User
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ClaimLife:
    """`answer`: None still waits, where a person looks at it. `signs`: code, value and threshold in
    thousandths."""

    task: Task
    party: Party
    claimed_at: datetime
    records: Sequence[StepSaid] = ()
    withdrawn_at: datetime | None = None
    answer: Answer | None = None
    signs: Sequence[tuple[str, int, int]] = field(default_factory=tuple)


@transaction.atomic
def bring_claims(actor: Actor, *, lives: Sequence[ClaimLife]) -> list[Claim]:
    """The claims in the order of `lives`, each as it stands now."""
    rules.can_bring_in_bulk(actor).require()
    claims = [_begun(life) for life in lives]
    bulk.insert(claims)
    bulk.insert(
        [ClaimStep(claim=one, step=step) for one in claims for step in one.task.steps.all()]
    )
    now = clock.now()
    bulk.insert([_record(said, now) for life in lives for said in life.records])
    _count(claims)
    for claim, life in zip(claims, lives, strict=True):
        _settle(claim, life, now)
    _reward_first(claims)
    bulk.update(claims, SETTLED)
    bulk.insert(list(_signs(claims, lives)))
    _move(claims)
    audit.record_many(sorted(_trail(actor, claims), key=lambda entry: entry.at))
    return claims


SETTLED = (
    *("status", "standing", "kept_until", "finished_at", "submitted_at", "decided_at"),
    *("decided_by", "reason", "ended_at"),
)


def _begun(life: ClaimLife) -> Claim:
    task = life.task
    due = life.claimed_at + timedelta(days=task.finish_days)
    begin = life.claimed_at + timedelta(days=task.begin_days) if task.begin_days else due
    kept = Standing.RESERVED if task.hold == Hold.CLAIM else Standing.NONE
    return Claim(
        task=task,
        party=life.party,
        standing=kept,
        amount=task.amount,
        claimed_at=life.claimed_at,
        kept_until=begin + LAG,
        due_at=due,
    )


def _record(said: StepSaid, now: datetime) -> StepRecord:
    return StepRecord(
        party_id=said.party_id,
        event=said.event,
        ref=said.ref,
        scope=said.scope,
        amount=said.amount,
        at=said.at,
        recorded_at=min(said.at + LAG / 2, now),
    )


def _count(claims: Sequence[Claim]) -> None:
    """Into each claim: `reached`, the steps' moments, and whether a first record counted."""
    keys = [claim.pk for claim in claims]
    for start in range(0, len(keys), AT_ONCE):
        count(keys[start : start + AT_ONCE])
    found: dict[object, list[tuple[int, datetime | None]]] = {key: [] for key in keys}
    rows = ClaimStep.objects.filter(claim__in=keys).values_list("claim", "done", "reached_at")
    for key, done, reached_at in rows.iterator(chunk_size=AT_ONCE):
        found[key].append((done, reached_at))
    for claim in claims:
        steps = found[claim.pk]
        moments = [at for _done, at in steps if at is not None]
        claim.finished_at = max(moments) if moments and len(moments) == len(steps) else None
        if any(done for done, _at in steps):
            claim.status, claim.kept_until = C.IN_PROGRESS, claim.due_at + LAG


def _settle(claim: Claim, life: ClaimLife, now: datetime) -> None:
    if claim.finished_at is not None:
        _finish(claim, life, now)
    elif life.withdrawn_at is not None and life.withdrawn_at <= now:
        _end(claim, C.WITHDRAWN, life.withdrawn_at)
    elif claim.kept_until <= now:
        _end(claim, C.EXPIRED, claim.kept_until)


def _finish(claim: Claim, life: ClaimLife, now: datetime) -> None:
    """Handed in the night after the last record; decided by the records, or by a person."""
    claim.submitted_at = min((claim.finished_at or claim.claimed_at) + LAG / 2, now)
    if claim.task.check_by == Check.RECORDS and not life.signs:
        _end(claim, C.PASSED, claim.submitted_at)
        claim.decided_at = claim.submitted_at
        return
    answer = life.answer
    if answer is None or answer.at > now:
        claim.status = C.VERIFYING if life.signs else C.SUBMITTED
        return
    claim.decided_at = max(answer.at, claim.submitted_at)
    claim.decided_by, claim.reason = answer.by, answer.reason
    _end(claim, C.FAILED if answer.reason else C.PASSED, claim.decided_at)


def _end(claim: Claim, status: ClaimStatus, at: datetime) -> None:
    claim.status, claim.ended_at = status, at
    if status in NOT_GRANTED and claim.standing == Standing.RESERVED:
        claim.standing = Standing.RETURNED


def _reward_first(claims: Iterable[Claim]) -> None:
    """Of tasks whose reward goes to who finishes first: as many as there are rewards."""
    waiting = [
        claim for claim in claims if claim.task.hold == Hold.FINISH and claim.status == C.PASSED
    ]
    left: dict[int, int] = {}
    for claim in sorted(waiting, key=lambda one: (one.finished_at, str(one.pk))):
        free = left.setdefault(claim.task_id, claim.task.left)
        if free > 0:
            claim.standing, left[claim.task_id] = Standing.RESERVED, free - 1


def _signs(claims: Sequence[Claim], lives: Sequence[ClaimLife]) -> Iterator[ClaimSign]:
    for claim, life in zip(claims, lives, strict=True):
        if claim.submitted_at is None:
            continue
        for code, value, threshold in life.signs:
            yield ClaimSign(
                claim=claim,
                code=code,
                value=value,
                threshold=threshold,
                found_at=claim.submitted_at,
            )


def _move(claims: Sequence[Claim]) -> None:
    """The places that are taken, and the story of the pools in the order in which it happened."""
    kept = [claim for claim in claims if claim.standing == Standing.RESERVED]
    move_places(kept, 1)
    moves = sorted(_moves(claims), key=lambda move: (move[2], str(move[0].pk)))
    bulk.insert(
        [
            PoolEntry(
                pool_id=claim.task.pool_id, kind=kind, amount=claim.amount, claim=claim, at=at
            )
            for claim, kind, at in moves
        ]
    )
    shift_pools((claim.task.pool_id, kind, claim.amount) for claim, kind, _at in moves)


def _moves(claims: Sequence[Claim]) -> Iterator[tuple[Claim, EntryKind, datetime]]:
    for claim in claims:
        if claim.standing == Standing.NONE:
            continue
        is_first = claim.task.hold == Hold.FINISH
        yield claim, EntryKind.RESERVE, (is_first and claim.decided_at) or claim.claimed_at
        if claim.standing == Standing.RETURNED and claim.ended_at is not None:
            yield claim, EntryKind.RELEASE, claim.ended_at


VERBS: dict[str, str] = {
    C.PASSED: "pass_claim",
    C.FAILED: "fail_claim",
    C.EXPIRED: "expire_claim",
    C.WITHDRAWN: "withdraw_claim",
}


def _trail(actor: Actor, claims: Sequence[Claim]) -> Iterator[AuditEntry]:
    for claim in claims:
        said = {"task": claim.task.code, "status": C.CLAIMED, "due_at": claim.due_at}
        yield audit.entry(actor, "claim_task", claim, at=claim.claimed_at, after=said)
        if claim.submitted_at is not None:
            at = claim.submitted_at
            yield audit.entry(actor, "submit_claim", claim, at=at, after={"status": "submitted"})
        if claim.ended_at is not None:
            verb, after = VERBS[claim.status], {"status": claim.status}
            why = claim.reason
            yield audit.entry(actor, verb, claim, at=claim.ended_at, after=after, why=why)
