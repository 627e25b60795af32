"""What runs out: claims that nobody begins or finishes. Their rewards go to somebody else."""

from __future__ import annotations

from django.db import transaction

from portal.core import bulk, clock
from portal.core.actor import Actor
from portal.rewards.models import Claim
from portal.rewards.services.counting import count
from portal.rewards.services.giving_back import give_back, lock_claims, set_status, write_down
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


@transaction.atomic
def _expire_some(actor: Actor) -> int:
    now = clock.now()
    rows = Claim.objects.select_for_update(no_key=True, skip_locked=True).lapsed(now)
    due = list(rows.order_by("kept_until", "pk").values_list("pk", flat=True)[:CHUNK])
    if not due:
        return 0
    # A last look at the records: what they say by now counts, whoever told them late.
    count(due)
    advance(actor, claims=due)
    claims = [one for one in lock_claims(due) if one.status in RUNNING and one.kept_until <= now]
    whole = [one for one in claims if one.finished_at is not None]
    submit_many(actor, whole)  # done, and only not handed in
    _expire(actor, [one for one in claims if one.finished_at is None])
    return len(due)


def _expire(actor: Actor, claims: list[Claim]) -> None:
    now = clock.now()
    for claim in claims:
        set_status(claim, ClaimStatus.EXPIRED)
        claim.ended_at = now
    # Before the status says that nothing is kept: the database holds the two together.
    give_back(actor, claims, EntryKind.RELEASE)
    bulk.update(claims, ["status", "ended_at"])
    write_down(actor, claims, "expire_claim")
    tell_claims(claims, "claim.expired")
