"""Orders that were given back after they had counted: they count no longer, and a claim that waits
for its verification without them goes on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from portal.core import bulk, clock
from portal.core.actor import Actor
from portal.rewards import rules
from portal.rewards.models import Claim, ClaimStep, StepRecord
from portal.rewards.services.counting import count
from portal.rewards.services.giving_back import lock_claims, set_status, write_down
from portal.rewards.services.telling import tell_claims
from portal.rewards.states import CHUNK, LAG, WAITING, ClaimStatus, StepEvent

# By the unique (event, ref) of the records, from the few lines of which something was refunded.
TAKE_BACK = """
    WITH refunded AS (
        SELECT DISTINCT line_id FROM revenue_orderevent
        WHERE kind = 'refunded' AND occurred_at >= %(since)s
    ), kept AS (
        SELECT 'line:' || line.id || ':' || side.party AS ref,
            least(line.settled_fen, line.paid_fen - line.refunded_fen) AS fen
        FROM refunded JOIN revenue_orderline line ON line.id = refunded.line_id
        CROSS JOIN LATERAL (VALUES
            (line.merchant_id), (line.creator_id), (line.agency_id), (line.provider_id)
        ) AS side(party)
        WHERE side.party IS NOT NULL
    )
    UPDATE rewards_steprecord record SET given_back = greatest(record.amount - kept.fen, 0)
    FROM kept
    WHERE record.event = 'order' AND record.ref = kept.ref
        AND record.given_back <> greatest(record.amount - kept.fen, 0)
"""


@transaction.atomic
def take_back_orders(actor: Actor, *, since: datetime) -> int:
    """Of lines that were refunded since: their records keep what stays. How many changed."""
    rules.can_record_steps(actor).require()
    with connection.cursor() as cursor:
        cursor.execute(TAKE_BACK, {"since": since})
        return cursor.rowcount


def reopen_claims(actor: Actor) -> int:
    """What was handed in, is not decided and counts orders that were given back, whichever run took
    them back: how many claims are not done any more."""
    given_back = StepRecord.objects.filter(event=StepEvent.ORDER, given_back__gt=0)
    rows = Claim.objects.filter(party__in=given_back.values("party"), status__in=WAITING)
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    return sum(_reopen(actor, keys[start : start + CHUNK]) for start in range(0, len(keys), CHUNK))


@transaction.atomic
def _reopen(actor: Actor, keys: Sequence[UUID]) -> int:
    claims = {one.pk: one for one in lock_claims(keys) if one.status in WAITING}
    count(list(claims))
    missing = ClaimStep.objects.filter(claim__in=claims, reached_at=None)
    undone = [claims[key] for key in sorted(set(missing.values_list("claim", flat=True)))]
    for claim in undone:
        set_status(claim, ClaimStatus.IN_PROGRESS)
        claim.submitted_at = claim.finished_at = None
        claim.kept_until = claim.due_at + LAG
    bulk.update(undone, ["status", "submitted_at", "finished_at", "kept_until"])
    write_down(actor, undone, "reopen_claim")
    tell_claims(undone, "claim.reopened", at=clock.now())
    return len(undone)
