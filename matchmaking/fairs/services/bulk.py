"""Fairs as they were, written down at once: who had a seat, who came. For the demo and imports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from matchmaking.catalogue.models import Product
from matchmaking.fairs import rules, states
from matchmaking.fairs.models import Fair, FairPool, SignUp, SignUpProduct
from matchmaking.fairs.services.fairs import change_status, lock_fair
from matchmaking.fairs.states import FairStatus
from portal.core import bulk, clock
from portal.core.actor import Actor
from portal.seats.services import ClaimLife, bring_claims
from portal.seats.states import ClaimStatus

WAY = (FairStatus.CURATING, FairStatus.LIVE, FairStatus.CLOSED)


@dataclass(frozen=True, slots=True)
class Seated:
    """A sign-up with the steps of its claim, oldest first. A plan is made in the order of `id`: who
    wants the same plan again says it."""

    pool: FairPool
    party_id: int
    steps: Sequence[tuple[ClaimStatus, datetime]]
    products: Sequence[Product] = field(default_factory=tuple)
    due_at: datetime | None = None
    id: UUID = field(default_factory=uuid4)


@transaction.atomic
def bring_sign_ups(actor: Actor, *, fair: Fair, seated: Sequence[Seated]) -> list[SignUp]:
    """Nobody is told, and the thresholds of then are not asked again."""
    rules.can_bring_in_bulk(actor).require()
    lives = [
        ClaimLife(
            one.pool.pool,
            one.party_id,
            f"brought:{fair.pk}",
            one.steps,
            due_at=one.due_at,
            id=one.id,
        )
        for one in seated
    ]
    claims = bring_claims(actor, lives=lives)
    made = [
        SignUp(claim=claim, fair=fair, fair_pool=one.pool, party_id=one.party_id)
        for claim, one in zip(claims, seated, strict=True)
    ]
    bulk.insert(made)
    bulk.insert(
        [
            SignUpProduct(
                sign_up=sign_up,
                product=product,
                price_fen=product.price_fen,
                commission_bp=product.commission_bp,
                sends_samples=product.sends_samples,
            )
            for sign_up, one in zip(made, seated, strict=True)
            for product in one.products
        ]
    )
    return made


@transaction.atomic
def lived_through(actor: Actor, *, fair: Fair) -> Fair:
    """Every step of the calendar that is still to come until now, each at its own moment."""
    rules.can_bring_in_bulk(actor).require()
    fair, now = lock_fair(fair), clock.now()
    moments = (fair.occasion.closes_at, fair.starts_at, fair.ends_at)
    for status, moment in zip(WAY, moments, strict=True):
        if moment <= now and status in states.TRANSITIONS[fair.status]:
            with clock.standing_at(moment):
                change_status(actor, fair, status, f"fair_is_{status.value}")
    return fair
