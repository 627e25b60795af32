"""What runs out: claims that nobody begins or finishes. Their rewards go to somebody else."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from portal.core import bulk, clock
from portal.core.actor import Actor
from portal.rewards.models import Claim
from portal.rewards.services.counting import count
from portal.rewards.services.giving_back import (
    let_go,
    lock_claims,
    move_places,
    move_pools,
    set_status,
    write_down,
)
from portal.rewards.services.telling import tell_claims
from portal.rewards.services.verifying import advance, submit_many
from portal.rewards.states import CHUNK, RUNNING, ClaimStatus, EntryKind


def expire_claims(actor: Actor) -> int:
    """How many ended. Some at a time, so that a busy claim holds up no other."""
    ended = 0
    while some := _expire_some(actor):
        ended += some
        if some < CHUNK:
            break
    return ended


def _expire_some(actor: Actor) -> int:
    """In two transactions, since each locks tasks and then pools."""
    due = _hand_in_late(actor)
    _expire(actor, due)
    return len(due)


@transaction.atomic
def _hand_in_late(actor: Actor) -> list[UUID]:
    """A last look at the records: what they say by now counts, whoever told them late. And what is
    done, and only not handed in, is handed in."""
    rows = Claim.objects.select_for_update(no_key=True, skip_locked=True).lapsed(clock.now())
    due = list(rows.order_by("kept_until", "pk").values_list("pk", flat=True)[:CHUNK])
    if due:
        count(due)
        advance(actor, claims=due)
        claims = [one for one in lock_claims(due) if one.status in RUNNING]
        submit_many(actor, [one for one in claims if one.finished_at is not None])
    return due


@transaction.atomic
def _expire(actor: Actor, due: list[UUID]) -> None:
    now = clock.now()
    claims = [one for one in lock_claims(due) if one.status in RUNNING and one.kept_until <= now]
    kept = let_go(claims)
    for claim in claims:
        set_status(claim, ClaimStatus.EXPIRED)
        claim.ended_at = now
    bulk.update(claims, ["status", "ended_at"])
    write_down(actor, claims, "expire_claim")
    tell_claims(claims, "claim.expired")
    move_places(kept, -1)
    move_pools(actor, [(claim, EntryKind.RELEASE, claim.amount) for claim in kept])
