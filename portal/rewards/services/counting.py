"""Records of what parties did, and how far their claims are by them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Count, Max, Q
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor
from portal.core.verdict import Flaw, flawless
from portal.parties.models import Party
from portal.rewards import rules
from portal.rewards.fields import StepSaid
from portal.rewards.models import Claim, ClaimStep, StepRecord
from portal.rewards.services.verifying import advance
from portal.rewards.states import CHUNK, RUNNING, ClaimStatus, StepEvent

WRITE = """
    INSERT INTO rewards_steprecord
        (party_id, event, ref, scope, amount, given_back, at, recorded_at)
    SELECT party, event, ref, scope, amount, 0, at, %(now)s
    FROM unnest(%(parties)s::bigint[], %(events)s::text[], %(refs)s::text[], %(scopes)s::text[],
            %(amounts)s::bigint[], %(at)s::timestamptz[])
        AS said(party, event, ref, scope, amount, at)
    ORDER BY event, ref
    ON CONFLICT (event, ref) DO NOTHING
    RETURNING party_id
"""
# Which records a step of a claim counts; signs are looked for in the same ones.
COUNTED = """record.party_id = claim.party_id
            AND record.event = step.event AND (step.scope = '' OR step.scope = record.scope)
            AND record.at <= claim.due_at
            AND record.at >= CASE step.since
                WHEN 'season' THEN programme.starts_on::timestamp AT TIME ZONE 'Asia/Shanghai'
                ELSE claim.claimed_at END"""
# How far each step is, and the moment of the record that reached it. What counts of a record is
# never below zero, so a running sum only grows; what was given back whole counts nothing.
COUNT = """
    WITH counted AS (
        SELECT progress.id, step.target, record.at,
            sum(CASE step.fold
                WHEN 'sum' THEN record.amount - record.given_back
                ELSE (record.given_back = 0 OR record.given_back < record.amount)::int END)
                OVER (PARTITION BY progress.id ORDER BY record.at, record.id) AS running
        FROM rewards_claim claim
        JOIN rewards_claimstep progress ON progress.claim_id = claim.id
        JOIN rewards_taskstep step ON step.id = progress.step_id
        JOIN rewards_task task ON task.id = claim.task_id
        JOIN rewards_programme programme ON programme.id = task.programme_id
        JOIN rewards_steprecord record ON {counted}
        WHERE claim.id = ANY(%(claims)s)
    ), summed AS (
        SELECT id, max(running) AS done, min(at) FILTER (WHERE running >= target) AS reached
        FROM counted GROUP BY id
    )
    UPDATE rewards_claimstep progress SET done = summed.done, reached_at = summed.reached
    FROM summed
    WHERE progress.id = summed.id
        AND (progress.done, progress.reached_at) IS DISTINCT FROM (summed.done, summed.reached)
""".replace("{counted}", COUNTED)
AT_ONCE = 5_000
MOST_AMOUNT = 10**15  # as many as there can be of these add up to no number the column refuses


def record_step(
    actor: Actor,
    *,
    party: Party,
    event: StepEvent | str,
    ref: str,
    at: datetime,
    amount: int = 1,
    scope: str = "",
) -> bool:
    """Whether it was new: the same row of the same event counts once, whoever tells it again."""
    said = StepSaid(party.pk, StepEvent(event), ref, at, amount, scope)
    return record_steps(actor, steps=[said]) == 1


def record_steps(actor: Actor, *, steps: Sequence[StepSaid]) -> int:
    """How many were new; the claims that they carry further go on at once."""
    parties = write_steps(actor, steps=steps)
    recount(actor, parties=set(parties))
    return len(parties)


def write_steps(actor: Actor, *, steps: Sequence[StepSaid]) -> list[int]:
    """Whose records were new, once for each; nothing is counted yet."""
    rules.can_record_steps(actor).require()
    flawless(_flaws(steps)).require()
    new = untold(steps)
    parties: list[int] = []
    for start in range(0, len(new), AT_ONCE):
        parties += _write(new[start : start + AT_ONCE])
    return parties


def recount(actor: Actor, *, parties: Collection[int]) -> int:
    """By the records, of the claims of these parties that run; how many claims went on. All are
    counted before any goes on, so that who finished first is first, whatever their number."""
    keys = sorted(parties)
    for start in range(0, len(keys), CHUNK):
        _count_running(keys[start : start + CHUNK])
    moving = _moving(keys)
    return sum(
        _advance(actor, moving[start : start + CHUNK]) for start in range(0, len(moving), CHUNK)
    )


@transaction.atomic
def recount_claim(actor: Actor, claim: Claim) -> None:
    """A new one. No other is locked: who claims may hold the task and the pool already."""
    count([claim.pk])
    _advance(actor, [claim.pk])


@transaction.atomic
def _count_running(parties: Sequence[int]) -> None:
    rows = Claim.objects.select_for_update(no_key=True)
    running = rows.filter(party__in=parties, status__in=RUNNING).order_by("pk")
    claims = list(running.values_list("pk", flat=True))
    if claims:
        count(claims)


def _moving(parties: Sequence[int]) -> list[UUID]:
    """Claims that the records carry further, or no longer: who finished first comes first."""
    rows = ClaimStep.objects.filter(claim__party__in=parties, claim__status__in=RUNNING)
    told = rows.order_by().values("claim", "claim__status", "claim__finished_at")
    found = told.annotate(
        most=Max("done"), missing=Count("pk", filter=Q(reached_at=None)), last=Max("reached_at")
    )
    moving = [(_finished(row), row["claim"]) for row in found if _is_moving(row)]
    return [key for _moment, key in sorted(moving)]


def _finished(row: Mapping[str, Any]) -> datetime:
    return row["last"] if not row["missing"] else datetime.max.replace(tzinfo=UTC)


def _is_moving(row: Mapping[str, Any]) -> bool:
    if row["claim__status"] == ClaimStatus.CLAIMED and row["most"] > 0:
        return True
    return bool(row["claim__finished_at"] != (None if row["missing"] else row["last"]))


@transaction.atomic
def _advance(actor: Actor, claims: Sequence[UUID]) -> int:
    rows = Claim.objects.select_for_update(no_key=True).filter(pk__in=claims, status__in=RUNNING)
    return advance(actor, claims=list(rows.order_by("pk").values_list("pk", flat=True)))


def count(claims: Sequence[UUID]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"claims": list(claims)})


def untold(steps: Sequence[StepSaid]) -> list[StepSaid]:
    """Without those that were told of a party which has become this one since: a paper that moved
    with it is told again under the number that stays."""
    heirs = {one.party_id for one in steps}
    doubles: dict[int, list[int]] = {}
    gone = Party.objects.filter(merged_into__in=heirs)
    for absorbed, heir in gone.values_list("pk", "merged_into"):
        doubles.setdefault(heir or 0, []).append(absorbed)
    if not doubles:
        return list(steps)
    former = {
        (one.event, f"{one.ref.removesuffix(end)}:{absorbed}"): one
        for one in steps
        if one.ref.endswith(end := f":{one.party_id}")
        for absorbed in doubles.get(one.party_id, ())
    }
    refs = [ref for _event, ref in former]
    known = StepRecord.objects.filter(ref__in=refs).values_list("event", "ref")
    told = {former[key] for key in known if key in former}
    return [one for one in steps if one not in told]


@transaction.atomic
def _write(steps: Sequence[StepSaid]) -> list[int]:
    values: dict[str, Any] = {
        "now": clock.now(),
        "parties": [one.party_id for one in steps],
        "events": [str(one.event) for one in steps],
        "refs": [one.ref for one in steps],
        "scopes": [one.scope for one in steps],
        "amounts": [one.amount for one in steps],
        "at": [one.at for one in steps],
    }
    with connection.cursor() as cursor:
        cursor.execute(WRITE, values)
        return [party for (party,) in cursor.fetchall()]


def _flaws(steps: Sequence[StepSaid]) -> list[Flaw]:
    found = []
    for one in steps:
        if one.event not in StepEvent.values:
            found.append(Flaw("event", _("Choose one from the list.")))
        elif not one.ref or len(one.ref) > 120 or len(one.scope) > 60:
            found.append(Flaw("ref", _("Say which row it is, in up to 120 characters.")))
        elif not 0 <= one.amount <= MOST_AMOUNT or one.at.tzinfo is None:
            found.append(Flaw("amount", _("Not below zero, with its moment and zone.")))
    return found[:20]
