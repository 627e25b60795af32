"""What becomes of a claim. Whose right it is asks the part whose occasion it is."""

from __future__ import annotations

from django.db import transaction

from portal.core import clock
from portal.core.actor import Actor
from portal.seats import rules
from portal.seats.models import Claim
from portal.seats.services.changes import change_status, lock_claim, offer_free_seats
from portal.seats.states import ClaimStatus


@transaction.atomic
def take_up_seat(actor: Actor, *, claim: Claim) -> Claim:
    """Take the seat that is kept for the claim."""
    pool, claim = lock_claim(claim)
    rules.can_take_up(claim, clock.now()).require()
    change_status(actor, pool, claim, ClaimStatus.CONFIRMED)
    return claim


@transaction.atomic
def accept_claim(actor: Actor, *, claim: Claim) -> Claim:
    """Give it a seat. Where none is free it joins the line, or stays in it."""
    pool, claim = lock_claim(claim)
    rules.can_accept(claim).require()
    if not pool.is_full:
        change_status(actor, pool, claim, ClaimStatus.CONFIRMED)
    elif claim.status != ClaimStatus.WAITING:
        change_status(actor, pool, claim, ClaimStatus.WAITING)
    return claim


@transaction.atomic
def reject_claim(actor: Actor, *, claim: Claim, why: str) -> Claim:
    pool, claim = lock_claim(claim)
    rules.can_reject(claim, why).require()
    change_status(actor, pool, claim, ClaimStatus.REJECTED, why=why.strip())
    offer_free_seats(actor, pool)
    return claim


@transaction.atomic
def ask_claim(actor: Actor, *, claim: Claim, why: str) -> Claim:
    """Something must be answered before it is decided."""
    pool, claim = lock_claim(claim)
    rules.can_ask(claim, why).require()
    change_status(actor, pool, claim, ClaimStatus.ASKED, why=why.strip())
    return claim


@transaction.atomic
def answer_claim(actor: Actor, *, claim: Claim) -> Claim:
    """It was answered, and is looked at again."""
    pool, claim = lock_claim(claim)
    rules.can_answer(claim).require()
    change_status(actor, pool, claim, ClaimStatus.SUBMITTED)
    return claim


@transaction.atomic
def withdraw_claim(actor: Actor, *, claim: Claim, why: str = "") -> Claim:
    """Give it up; a seat goes to who is next. Declining an offer is the same."""
    pool, claim = lock_claim(claim)
    rules.can_withdraw(claim).require()
    change_status(actor, pool, claim, ClaimStatus.WITHDRAWN, why=why.strip()[: rules.MOST_WORDS])
    offer_free_seats(actor, pool)
    return claim


@transaction.atomic
def mark_present(actor: Actor, *, claim: Claim) -> Claim:
    """Here. Read twice, it stays so."""
    pool, claim = lock_claim(claim)
    if claim.status != ClaimStatus.PRESENT:
        rules.can_mark(claim, ClaimStatus.PRESENT).require()
        change_status(actor, pool, claim, ClaimStatus.PRESENT)
    return claim


@transaction.atomic
def mark_absent(actor: Actor, *, claim: Claim) -> Claim:
    pool, claim = lock_claim(claim)
    rules.can_mark(claim, ClaimStatus.ABSENT).require()
    change_status(actor, pool, claim, ClaimStatus.ABSENT)
    return claim
