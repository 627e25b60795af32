"""What changes of a claim share: the pool's lock, the counters, the step, and who is told."""

from __future__ import annotations

from datetime import datetime

from django.db import connection
from django.utils.translation import gettext as _

from portal.core import clock, outbox
from portal.core.actor import Actor
from portal.core.verdict import Refused, conflict
from portal.seats import rules, states
from portal.seats.models import Claim, Pool, Step
from portal.seats.services.claiming import TELL, told
from portal.seats.states import ClaimStatus

FACTS = ("status", "place", "reason", "due_at", "seated_at", "ended_at")


def lock_pool(key: int) -> Pool:
    """First of all; see the package for the order."""
    rows = Pool.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("occasion").get(pk=key)


def lock_pools(keys: set[int]) -> dict[int, Pool]:
    """Several, by key."""
    rows = Pool.objects.select_for_update(of=("self",), no_key=True)
    found = rows.select_related("occasion").filter(pk__in=keys).order_by("pk")
    return {pool.pk: pool for pool in found}


def lock_claim(claim: Claim) -> tuple[Pool, Claim]:
    """The pool's row, and the claim as it is now; both share the pool."""
    pool = lock_pool(claim.pool_id)
    claim = Claim.objects.select_for_update(of=("self",), no_key=True).get(pk=claim.pk)
    claim.pool, claim.occasion = pool, pool.occasion
    return pool, claim


def change_status(
    actor: Actor,
    pool: Pool,
    claim: Claim,
    status: ClaimStatus,
    *,
    why: str = "",
    due_at: datetime | None = None,
) -> None:
    """The one way from a status to another; the pool's counters follow."""
    if status not in states.TRANSITIONS[claim.status]:
        raise Refused(conflict(_("This is not possible in the claim's present state.")))
    now = clock.now()
    _count(pool, claim.status, status)
    claim.status, claim.due_at = status, due_at
    if why:
        claim.reason = why
    if status in states.TAKES and claim.seated_at is None:
        claim.seated_at = now
    if status == ClaimStatus.WAITING:
        claim.place = _next_place()
    if status in states.ENDED:
        claim.ended_at = now
    claim.save(update_fields=FACTS)
    step = Step.objects.create(
        claim=claim, status=status, at=now, by_id=actor.user_id, via=actor.via, why=why
    )
    key = f"{claim.pk}:{step.pk}"
    outbox.put(TELL, key=f"seat:{key}", payload=told(claim, status, key))


def offer_free_seats(actor: Actor, pool: Pool) -> int:
    """To who is next in line, as many as are free; how many. Within a lock on the pool."""
    now, offered = clock.now(), 0
    if pool.is_closed or now >= pool.occasion.offers_until:
        return 0
    line = Claim.objects.select_for_update(no_key=True).in_line().filter(pool=pool)
    for claim in line[: max(0, pool.free)]:
        due_at = rules.offer_ends(pool.occasion, now)
        change_status(actor, pool, claim, ClaimStatus.OFFERED, due_at=due_at)
        offered += 1
    return offered


def _count(pool: Pool, before: str, after: str) -> None:
    taken = (after in states.TAKES) - (before in states.TAKES)
    held = (after in states.HOLDS) - (before in states.HOLDS)
    if taken or held:
        pool.taken, pool.held = pool.taken + taken, pool.held + held
        pool.save(update_fields=["taken", "held"])


def _next_place() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('seats_place')")
        return int(cursor.fetchone()[0])
