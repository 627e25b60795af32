"""The line before a pool, and whether what is counted agrees with what is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, Window
from django.db.models.functions import Rank

from portal.seats import states
from portal.seats.models import Claim, Pool
from portal.seats.states import ClaimStatus


@dataclass(frozen=True, slots=True)
class Standing:
    """A claim's place in its line: from 1, of so many."""

    position: int
    of: int


def standing_of(claim: Claim) -> Standing | None:
    """None for a claim that does not wait."""
    if claim.status != ClaimStatus.WAITING:
        return None
    line = Claim.objects.in_line().filter(pool=claim.pool_id).order_by()
    found = line.aggregate(before=Count("pk", filter=Q(place__lt=claim.place)), of=Count("pk"))
    return Standing(found["before"] + 1, found["of"])


def standings_of(claims: Iterable[Claim]) -> dict[UUID, Standing]:
    """Of those that wait, by key; one query, however many."""
    waiting = [one for one in claims if one.status == ClaimStatus.WAITING]
    if not waiting:
        return {}
    line = Claim.objects.in_line().filter(pool__in={one.pool_id for one in waiting}).order_by()
    told = line.annotate(
        position=Window(Rank(), partition_by="pool", order_by="place"),
        of=Window(Count("pk"), partition_by="pool"),
    ).filter(pk__in=[one.pk for one in waiting])
    return {pk: Standing(n, of) for pk, n, of in told.values_list("pk", "position", "of")}


def waiting_by_pool(pools: Iterable[Pool]) -> dict[int, int]:
    rows = Claim.objects.filter(pool__in=pools, status=ClaimStatus.WAITING).order_by()
    return dict(rows.values_list("pool").annotate(n=Count("pk")))


@dataclass(frozen=True, slots=True)
class Difference:
    pool: Pool
    taken: int
    held: int


def differences() -> list[Difference]:
    """Pools whose counters do not say what their claims say; there is never one."""
    rows = Pool.objects.annotate(
        seated=Count("claims", filter=Q(claims__status__in=states.TAKES)),
        promised=Count("claims", filter=Q(claims__status__in=states.HOLDS)),
    )
    return [
        Difference(pool, pool.seated, pool.promised)
        for pool in rows
        if (pool.taken, pool.held) != (pool.seated, pool.promised)
    ]
