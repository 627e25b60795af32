"""Granting what was put aside: cash as a debt of the platform, traffic as a coupon. Once for each
claim, however often it is asked for: the ledger knows the key, a claim has one coupon."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from portal.core import bulk, clock
from portal.core.actor import Actor
from portal.core.money import Money
from portal.ledger.fields import Leg, Posting
from portal.ledger.services import Place, open_accounts, post_many
from portal.ledger.states import Kind, Track
from portal.rewards.models import Claim, Coupon
from portal.rewards.services.giving_back import FACTS, move_pools, set_status, write_down
from portal.rewards.services.telling import tell_claims
from portal.rewards.states import (
    REWARD_CAUSE,
    ClaimStatus,
    CouponStatus,
    EntryKind,
    Standing,
    Unit,
)

SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that look alike
LENGTH = 10


def grant_locked(actor: Actor, claims: Sequence[Claim]) -> None:
    """Claims that passed with a reward put aside; the caller holds their rows."""
    if not claims:
        return
    now = clock.now()
    moves = [(claim, EntryKind.GRANT, due_of(claim)) for claim in claims]
    post_many(actor, postings=postings(actor, claims, now))
    _give_coupons([claim for claim in claims if claim.task.unit == Unit.COUPON], now)
    for claim in claims:
        set_status(claim, ClaimStatus.REWARDED)
        claim.standing, claim.rewarded_at = Standing.GRANTED, now
    bulk.update(claims, FACTS)
    write_down(actor, claims, "grant_reward")
    tell_claims(claims, "claim.rewarded")
    move_pools(actor, moves, at=now)


def due_of(claim: Claim) -> int:
    """What a reward moves in the pool: of a coupon that was taken back, what is left of it."""
    coupon = Coupon.objects.filter(claim=claim.pk).first() if claim.turns else None
    return coupon.rest if coupon is not None else claim.amount


def key_of(claim: Claim) -> str:
    """Of the journal that grants it; anew where an objection turned a revocation."""
    return f"reward/{claim.pk}" + (f"/{claim.turns}" if claim.turns else "")


def postings(actor: Actor, claims: Sequence[Claim], now: datetime) -> Iterator[Posting]:
    """The platform owes the party, out of what growth costs it."""
    cash = [claim for claim in claims if claim.task.unit == Unit.CASH]
    growth = Place(None, Kind.GROWTH, Track.SETTLED)
    places = [Place(claim.party_id, Kind.REWARD, Track.SETTLED) for claim in cash]
    accounts = open_accounts(actor, places=[growth, *places]) if cash else {}
    for claim, place in zip(cash, places, strict=True):
        yield Posting(
            key=key_of(claim),
            cause_type=REWARD_CAUSE,
            cause_id=str(claim.pk),
            occurred_at=now,
            text=f"granted {claim.task.code} {Money(claim.amount)}",
            legs=[
                Leg(accounts[growth], -claim.amount, "granted"),
                Leg(accounts[place], claim.amount, "granted"),
            ],
        )


def _give_coupons(claims: Sequence[Claim], now: datetime) -> None:
    known = {row.claim_id: row for row in Coupon.objects.filter(claim__in=claims)}
    bulk.insert([new_coupon(claim, now) for claim in claims if claim.pk not in known])
    for coupon in known.values():  # an objection was right: what is left of it is good again
        coupon.status = CouponStatus.OPEN if coupon.rest else CouponStatus.USED
        coupon.ended_at = None if coupon.rest else now
        coupon.expires_at = now + (coupon.expires_at - coupon.granted_at)
    bulk.update(list(known.values()), ["status", "ended_at", "expires_at"])


def new_coupon(claim: Claim, now: datetime) -> Coupon:
    kind = claim.task.coupon_kind
    assert kind is not None  # the database holds that a task paid in coupons has one
    return Coupon(
        number="".join(secrets.choice(SIGNS) for _sign in range(LENGTH)),
        kind=kind,
        claim_id=claim.pk,
        party_id=claim.party_id,
        face=claim.amount,
        granted_at=now,
        expires_at=now + timedelta(days=kind.valid_days),
    )
