"""What was before, written down at once: for imports and the demo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction

from portal.core import bulk
from portal.core.actor import Actor
from portal.seats import rules, states
from portal.seats.models import Claim, Occasion, Pool, Step
from portal.seats.services.changes import lock_pools
from portal.seats.states import Admission, ClaimStatus


@dataclass(frozen=True, slots=True)
class ClaimLife:
    """A claim with its steps, oldest first; the last is what it is now."""

    pool: Pool
    party_id: int
    key: str
    steps: Sequence[tuple[ClaimStatus, datetime]]
    reason: str = ""
    due_at: datetime | None = None
    subject: str = ""
    id: UUID = field(default_factory=uuid4)


@dataclass(frozen=True, slots=True)
class OccasionLife:
    """An occasion with one pool of seats. `times`: title, times and how long offers last, as of
    `open_occasion`. `closed_at`: since when nobody signs up; None: they still do."""

    kind: str
    admission: Admission
    capacity: int
    closed_at: datetime | None
    times: Mapping[str, Any]


@transaction.atomic
def bring_occasions(actor: Actor, *, lives: Sequence[OccasionLife], code: str) -> list[Pool]:
    """The pool of each, in their order, with its occasion; `code`: of every pool."""
    rules.can_bring_in_bulk(actor).require()
    occasions = [
        Occasion(kind=life.kind, admission=life.admission, closed_at=life.closed_at, **life.times)
        for life in lives
    ]
    bulk.number(occasions)
    bulk.insert(occasions)
    pools = [
        Pool(
            occasion=occasion,
            code=code,
            capacity=life.capacity,
            is_closed=life.closed_at is not None,
        )
        for occasion, life in zip(occasions, lives, strict=True)
    ]
    for pool in pools:
        rules.can_resize(pool, pool.capacity).require()
    bulk.number(pools)
    bulk.insert(pools)
    return pools


@transaction.atomic
def bring_claims(actor: Actor, *, lives: Sequence[ClaimLife]) -> list[Claim]:
    """The database holds what it holds of every claim: no pool is oversold, nobody has two. Nobody
    is told."""
    rules.can_bring_in_bulk(actor).require()
    pools = lock_pools({life.pool.pk for life in lives})
    claims = [_claim(life) for life in lives]
    queued = [claim for claim in claims if claim.status == ClaimStatus.WAITING]
    for claim, place in zip(queued, _places(len(queued)), strict=True):
        claim.place = place
    for claim in claims:
        pool = pools[claim.pool_id]
        pool.taken += claim.status in states.TAKES
        pool.held += claim.status in states.HOLDS
    bulk.update(list(pools.values()), ["taken", "held"])
    bulk.insert(claims)
    bulk.insert(
        [
            Step(claim=claim, status=status, at=at, by_id=actor.user_id, via=actor.via)
            for claim, life in zip(claims, lives, strict=True)
            for status, at in life.steps
        ]
    )
    return claims


def _claim(life: ClaimLife) -> Claim:
    status, at = life.steps[-1]
    seated = [moment for step, moment in life.steps if step in states.TAKES]
    return Claim(
        id=life.id,
        occasion_id=life.pool.occasion_id,
        pool=life.pool,
        party_id=life.party_id,
        subject=life.subject,
        key=life.key,
        status=status,
        reason=life.reason,
        submitted_at=life.steps[0][1],
        due_at=life.due_at,
        seated_at=seated[0] if seated else None,
        ended_at=at if status in states.ENDED else None,
    )


def _places(count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('seats_place') FROM generate_series(1, %s)", [count])
        return [place for (place,) in cursor.fetchall()]
