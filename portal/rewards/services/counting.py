"""Records of what parties did, and how far their claims are by them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor
from portal.core.verdict import Flaw, flawless
from portal.parties.models import Party
from portal.rewards import rules
from portal.rewards.fields import StepSaid
from portal.rewards.models import Claim
from portal.rewards.services.verifying import advance
from portal.rewards.states import CHUNK, RUNNING, StepEvent

WRITE = """
    INSERT INTO rewards_steprecord (party_id, event, ref, scope, amount, at, recorded_at)
    SELECT party, event, ref, scope, amount, at, %(now)s
    FROM unnest(%(parties)s::bigint[], %(events)s::text[], %(refs)s::text[], %(scopes)s::text[],
            %(amounts)s::bigint[], %(at)s::timestamptz[])
        AS said(party, event, ref, scope, amount, at)
    ORDER BY event, ref
    ON CONFLICT (event, ref) DO NOTHING
    RETURNING party_id
"""
# How far each step is, and the moment of the record that reached it. Amounts are never below zero,
# so a running sum only grows.
COUNT = """
    WITH counted AS (
        SELECT progress.id, step.target, record.at,
            sum(CASE step.fold WHEN 'count' THEN 1 ELSE record.amount END)
                OVER (PARTITION BY progress.id ORDER BY record.at, record.id) AS running
        FROM rewards_claim claim
        JOIN rewards_claimstep progress ON progress.claim_id = claim.id
        JOIN rewards_taskstep step ON step.id = progress.step_id
        JOIN rewards_task task ON task.id = claim.task_id
        JOIN rewards_programme programme ON programme.id = task.programme_id
        JOIN rewards_steprecord record ON record.party_id = claim.party_id
            AND record.event = step.event AND (step.scope = '' OR step.scope = record.scope)
            AND record.at <= claim.due_at
            AND record.at >= CASE step.since
                WHEN 'season' THEN programme.starts_on::timestamp AT TIME ZONE 'Asia/Shanghai'
                ELSE claim.claimed_at END
        WHERE claim.id = ANY(%(claims)s)
    ), summed AS (
        SELECT id, max(running) AS done, min(at) FILTER (WHERE running >= target) AS reached
        FROM counted GROUP BY id
    )
    UPDATE rewards_claimstep progress SET done = summed.done, reached_at = summed.reached
    FROM summed
    WHERE progress.id = summed.id
        AND (progress.done, progress.reached_at) IS DISTINCT FROM (summed.done, summed.reached)
"""
AT_ONCE = 5_000


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
    rules.can_record_steps(actor).require()
    flawless(_flaws(steps)).require()
    new = 0
    for start in range(0, len(steps), AT_ONCE):
        parties = _write(steps[start : start + AT_ONCE])
        new += len(parties)
        recount(actor, parties=set(parties))
    return new


def recount(actor: Actor, *, parties: Collection[int]) -> int:
    """By the records, of the claims of these parties that run; how many claims went on."""
    keys = sorted(parties)
    return sum(_recount(actor, keys[start : start + CHUNK]) for start in range(0, len(keys), CHUNK))


@transaction.atomic
def _recount(actor: Actor, parties: Sequence[int]) -> int:
    rows = Claim.objects.select_for_update(no_key=True)
    running = rows.filter(party__in=parties, status__in=RUNNING).order_by("pk")
    claims = list(running.values_list("pk", flat=True))
    if not claims:
        return 0
    count(claims)
    return advance(actor, claims=claims)


def count(claims: Sequence[UUID]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"claims": list(claims)})


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
        elif one.amount < 0 or one.at.tzinfo is None:
            found.append(Flaw("amount", _("Not below zero, with its moment and zone.")))
    return found[:20]
