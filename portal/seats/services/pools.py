"""Occasions and their pools: opened, resized, swept, closed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import Refused, conflict
from portal.seats import rules, states
from portal.seats.models import Claim, Occasion, Pool
from portal.seats.services.changes import change_status, lock_pool, offer_free_seats
from portal.seats.states import Admission, ClaimStatus

MOST_AT_ONCE = 500


@transaction.atomic
def open_occasion(
    actor: Actor,
    *,
    kind: str,
    title: str,
    admission: Admission,
    opens_at: datetime,
    closes_at: datetime,
    hurry_from: datetime,
    offers_until: datetime,
    offer_minutes: int = 24 * 60,
    hurry_minutes: int = 60,
) -> Occasion:
    occasion = Occasion.objects.create(
        kind=kind,
        title=title,
        admission=admission,
        opens_at=opens_at,
        closes_at=closes_at,
        hurry_from=hurry_from,
        offers_until=offers_until,
        offer_minutes=offer_minutes,
        hurry_minutes=hurry_minutes,
    )
    audit.record(actor, "open_occasion", occasion, after={"opens_at": opens_at})
    return occasion


@transaction.atomic
def change_occasion(actor: Actor, *, occasion: Occasion, **values: Any) -> Occasion:
    """Its title, times and how long offers last; offers that run keep their end."""
    occasion = Occasion.objects.select_for_update(no_key=True).get(pk=occasion.pk)
    if occasion.closed_at is not None:
        raise Refused(conflict(rules.OVER))
    before = {name: getattr(occasion, name) for name in values}
    for name, value in values.items():
        setattr(occasion, name, value)
    occasion.save(update_fields=list(values))
    audit.record(actor, "change_occasion", occasion, before=before, after=values)
    return occasion


@transaction.atomic
def open_pool(actor: Actor, *, occasion: Occasion, code: str, capacity: int) -> Pool:
    pool = Pool(occasion=occasion, code=code, capacity=capacity)
    rules.can_resize(pool, capacity).require()
    pool.save()
    audit.record(actor, "open_pool", pool, after={"code": code, "capacity": capacity})
    return pool


@transaction.atomic
def resize_pool(actor: Actor, *, pool: Pool, capacity: int) -> Pool:
    """More seats go to who waits; there are never fewer than are taken and promised."""
    pool = lock_pool(pool.pk)
    rules.can_resize(pool, capacity).require()
    before, pool.capacity = pool.capacity, capacity
    pool.save(update_fields=["capacity"])
    audit.record(
        actor, "resize_pool", pool, before={"capacity": before}, after={"capacity": capacity}
    )
    offer_free_seats(actor, pool)
    return pool


@transaction.atomic
def close_occasion(actor: Actor, *, occasion: Occasion, why: str) -> int:
    """It does not take place: every claim ends, nobody signs up any more. How many ended."""
    ended = _close(actor, occasion, states.BEFORE, ClaimStatus.CANCELLED, why)
    audit.record(actor, "close_occasion", occasion, after={"ended": ended}, why=why)
    return ended


@transaction.atomic
def begin_occasion(actor: Actor, *, occasion: Occasion, why: str) -> int:
    """Who has a seat keeps it; who still waits goes home, and is told why. How many."""
    ended = _close(actor, occasion, states.UNSEATED, ClaimStatus.EXPIRED, why)
    audit.record(actor, "begin_occasion", occasion, after={"ended": ended}, why=why)
    return ended


@transaction.atomic
def end_occasion(actor: Actor, *, occasion: Occasion) -> int:
    """It is over: who has a seat and never checked in did not come. How many."""
    missing = 0
    for key in Pool.objects.filter(occasion=occasion).order_by("pk").values_list("pk", flat=True):
        pool = lock_pool(key)
        claims = Claim.objects.select_for_update(no_key=True).filter(
            pool=pool, status=ClaimStatus.CONFIRMED
        )
        for claim in claims.order_by("pk"):
            change_status(actor, pool, claim, ClaimStatus.ABSENT)
            missing += 1
    audit.record(actor, "end_occasion", occasion, after={"absent": missing})
    return missing


def _close(
    actor: Actor,
    occasion: Occasion,
    which: frozenset[str],
    status: ClaimStatus,
    why: str,
) -> int:
    ended = 0
    for key in Pool.objects.filter(occasion=occasion).order_by("pk").values_list("pk", flat=True):
        pool = lock_pool(key)
        pool.is_closed = True
        pool.save(update_fields=["is_closed"])
        claims = Claim.objects.select_for_update(no_key=True).filter(
            pool=pool, status__in=sorted(which)
        )
        for claim in claims.order_by("pk"):
            change_status(actor, pool, claim, status, why=why)
            ended += 1
    Occasion.objects.filter(pk=occasion.pk).update(closed_at=clock.now())
    return ended


def sweep_seats(actor: Actor) -> int:
    """Promised seats that nobody took up go to who is next; how many ran out. A pool at a time, so
    that a pool that is busy holds up no other."""
    due = Claim.objects.due(clock.now()).order_by().values_list("pool", flat=True)
    return sum(_sweep_pool(actor, key) for key in sorted(set(due[:MOST_AT_ONCE])))


@transaction.atomic
def _sweep_pool(actor: Actor, key: int) -> int:
    pool = lock_pool(key)
    lapsed = list(
        Claim.objects.select_for_update(no_key=True)
        .due(clock.now())
        .filter(pool=pool)
        .order_by("due_at")
    )
    for claim in lapsed:
        change_status(actor, pool, claim, ClaimStatus.EXPIRED)
    offer_free_seats(actor, pool)
    return len(lapsed)
