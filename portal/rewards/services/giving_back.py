"""What changes of claims share: the locks, the one door of the status, and rewards that go back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from portal.core import audit, bulk, clock
from portal.core.actor import Actor
from portal.core.verdict import Refused, conflict
from portal.rewards.models import Claim, Pool, PoolEntry, Task
from portal.rewards.states import CLAIM_TRANSITIONS, EFFECTS, ClaimStatus, EntryKind, Standing
from portal.webhooks.models import Webhook

RELATED = ("task__programme", "task__pool", "task__coupon_kind", "party")
FACTS = (
    *("status", "standing", "kept_until", "finished_at", "submitted_at", "note", "decided_at"),
    *("decided_by", "reason", "rewarded_at", "ended_at", "turns"),
)
# In the order of their keys, so that two that move the same ones wait for each other.
PLACES = """
    WITH locked AS (SELECT id FROM rewards_task WHERE id = ANY(%(ids)s) ORDER BY id FOR UPDATE)
    UPDATE rewards_task SET taken = taken + given.n
    FROM unnest(%(ids)s::bigint[], %(n)s::int[]) AS given(id, n), locked
    WHERE rewards_task.id = given.id AND locked.id = given.id
"""
POOLS = """
    WITH locked AS (SELECT id FROM rewards_pool WHERE id = ANY(%(ids)s) ORDER BY id FOR UPDATE)
    UPDATE rewards_pool pool SET reserved = pool.reserved + given.reserved,
        granted = pool.granted + given.granted, used = pool.used + given.used
    FROM unnest(%(ids)s::bigint[], %(reserved)s::bigint[], %(granted)s::bigint[],
            %(used)s::bigint[]) AS given(id, reserved, granted, used), locked
    WHERE pool.id = given.id AND locked.id = given.id
"""


def lock_claim(claim: Claim) -> Claim:
    rows = Claim.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related(*RELATED).get(pk=claim.pk)


def lock_claims(keys: Collection[UUID]) -> list[Claim]:
    """By key; see the package for the order."""
    rows = Claim.objects.select_for_update(of=("self",), no_key=True)
    return list(rows.select_related(*RELATED).filter(pk__in=keys).order_by("pk"))


def change_claim(
    actor: Actor, claim: Claim, status: ClaimStatus, verb: str, *, why: str = ""
) -> None:
    """The one door. The caller has locked the claim."""
    before = claim.status
    set_status(claim, status)
    claim.save(update_fields=FACTS)
    audit.record(actor, verb, claim, before={"status": before}, after={"status": status}, why=why)


def write_down(actor: Actor, claims: Sequence[Claim], verb: str) -> None:
    """One row each, as if each had been changed alone; machines are asked for once."""
    now = clock.now()
    audit.record_many(
        [audit.entry(actor, verb, one, at=now, after={"status": one.status}) for one in claims]
    )
    if not claims:
        return
    parties = {one.party_id for one in claims}
    live = Webhook.objects.live().filter(party__in=parties)
    listening = set(live.values_list("party", flat=True))
    for one in claims:
        if one.party_id in listening:
            audit.tell(actor, verb, one)


def set_status(claim: Claim, status: ClaimStatus) -> None:
    if status not in CLAIM_TRANSITIONS[claim.status]:
        raise Refused(conflict(_("This is not possible in the claim's present state.")))
    claim.status = status


def give_back(actor: Actor, claims: Sequence[Claim], kind: EntryKind) -> None:
    """What was put aside for claims that end without it, and their places. The caller holds their
    rows; they end afterwards, since the database lets no ended claim keep anything."""
    kept = let_go(claims)
    move_places(kept, -1)
    move_pools(actor, [(claim, kind, claim.amount) for claim in kept])


def let_go(claims: Sequence[Claim]) -> list[Claim]:
    """Those of them that had something put aside; the caller moves it last of all."""
    kept = [claim for claim in claims if claim.standing == Standing.RESERVED]
    for claim in kept:
        claim.standing = Standing.RETURNED
    bulk.update(kept, ["standing"])
    return kept


def lock_ways(claims: Sequence[Claim]) -> None:
    """The tasks, then the pools of several claims, by key, before either is changed one by one: who
    locks a task while it holds a pool, and who claims, would wait for each other."""
    tasks = Task.objects.select_for_update(no_key=True, of=("self",))
    list(tasks.filter(pk__in={one.task_id for one in claims}).order_by("pk").values_list("pk"))
    pools = Pool.objects.select_for_update(no_key=True, of=("self",))
    list(pools.filter(pk__in={one.task.pool_id for one in claims}).order_by("pk").values_list("pk"))


def move_places(claims: Sequence[Claim], by: int) -> None:
    counted = Counter(claim.task_id for claim in claims)
    if counted:
        ids = sorted(counted)
        with connection.cursor() as cursor:
            cursor.execute(PLACES, {"ids": ids, "n": [by * counted[one] for one in ids]})


def move_pools(
    actor: Actor,
    moves: Sequence[tuple[Claim, EntryKind, int]],
    *,
    at: datetime | None = None,
) -> None:
    """Rows of the pools' story, and then the pools themselves; their CHECK guards the sums."""
    moves = [move for move in moves if move[2]]
    if not moves:
        return
    moment = at or clock.now()
    bulk.insert(
        [
            PoolEntry(
                pool_id=claim.task.pool_id,
                kind=kind,
                amount=amount,
                claim_id=claim.pk,
                at=moment,
                by_id=actor.user_id,
            )
            for claim, kind, amount in moves
        ]
    )
    shift_pools((claim.task.pool_id, kind, amount) for claim, kind, amount in moves)


def shift_pools(moves: Iterable[tuple[int, EntryKind, int]]) -> None:
    """The columns alone; `moves`: pool, kind, amount."""
    sums: dict[int, list[int]] = {}
    for pool, kind, amount in moves:
        effects = EFFECTS[kind][1:]
        known = sums.setdefault(pool, [0, 0, 0])
        for place, effect in enumerate(effects):
            known[place] += effect * amount
    ids = sorted(sums)
    columns = {
        name: [sums[one][place] for one in ids]
        for place, name in enumerate(("reserved", "granted", "used"))
    }
    with connection.cursor() as cursor:
        cursor.execute(POOLS, {"ids": ids, **columns})
