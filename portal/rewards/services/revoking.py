"""Taking a reward back, with its reason and what follows from it."""

from __future__ import annotations

from django.db import transaction

from portal.core import bulk, clock
from portal.core.actor import Actor
from portal.core.verdict import flawless
from portal.ledger.models import Journal
from portal.ledger.services import reverse
from portal.parties.services import lock_party
from portal.rewards import rules
from portal.rewards.fields import RevocationFields
from portal.rewards.models import Claim, Coupon, Revocation
from portal.rewards.services.giving_back import (
    change_claim,
    give_back,
    lock_claim,
    move_places,
    move_pools,
)
from portal.rewards.services.granting import key_of
from portal.rewards.services.telling import tell_claims
from portal.rewards.states import ClaimStatus, CouponStatus, EntryKind, Standing, Unit


@transaction.atomic
def revoke_claim(actor: Actor, *, claim: Claim, fields: RevocationFields) -> Claim:
    """What was paid already is a debt of the party: its balance of rewards goes below zero, and
    the next rewards make it good first. Points of a coupon that were spent stay spent."""
    lock_party(claim.party)
    claim = lock_claim(claim)
    rules.can_revoke_claim(actor, claim).require()
    flawless(rules.flaws_of_revocation(fields)).require()
    claim.reason, claim.decided_by = fields.reason.strip(), actor.user
    claim.decided_at = claim.ended_at = clock.now()
    taken, lost = _take_back(actor, claim)
    Revocation.objects.create(
        claim=claim,
        party=claim.party,
        reason=claim.reason,
        consequence=fields.consequence,
        barred_until=fields.barred_until,
        amount=taken,
        lost=lost,
        at=claim.decided_at,
        by=actor.user,
    )
    change_claim(actor, claim, ClaimStatus.REVOKED, "revoke_claim", why=claim.reason)
    tell_claims([claim], "claim.revoked")
    return claim


def _take_back(actor: Actor, claim: Claim) -> tuple[int, int]:
    """How much came back, and how much of a coupon was spent already."""
    if claim.standing != Standing.GRANTED:
        kept = claim.amount if claim.standing == Standing.RESERVED else 0
        give_back(actor, [claim], EntryKind.RELEASE)
        return kept, 0
    if claim.task.unit == Unit.CASH:
        journal = Journal.objects.get(key=key_of(claim))
        text = f"revoked {claim.task.code}"
        reverse(actor, journal=journal, key=f"{journal.key}/revoked", text=text)
        taken, lost = claim.amount, 0
    else:
        taken, lost = _end_coupon(claim)
    claim.standing = Standing.RETURNED
    move_places([claim], -1)
    move_pools(actor, [(claim, EntryKind.REVOKE, taken)])
    return taken, lost


def _end_coupon(claim: Claim) -> tuple[int, int]:
    coupon = Coupon.objects.select_for_update(no_key=True).get(claim=claim)
    was_open = coupon.status == CouponStatus.OPEN
    coupon.status, coupon.ended_at = CouponStatus.REVOKED, clock.now()
    bulk.update([coupon], ["status", "ended_at"])
    # What had expired is back in the pool already.
    return (coupon.rest if was_open else 0), coupon.used
