"""Tasks of two parties that become one: the claims, coupons and records of both count on together,
but where both are on their way through the same task."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.core.verdict import ALLOWED, Verdict, conflict
from portal.parties.merges import moves, register_clash
from portal.parties.models import Party
from portal.rewards.models import Claim, Coupon, Revocation, StepRecord

moves(Claim, "party")
moves(Coupon, "party")
moves(Revocation, "party")
moves(StepRecord, "party")


@register_clash
def one_claim_each(survivor: Party, absorbed: Party) -> Verdict:
    ours, theirs = (
        set(Claim.objects.alive().filter(party=side).values_list("task", flat=True))
        for side in (survivor, absorbed)
    )
    if ours & theirs:
        return conflict(_("Both have claimed the same task; give one up first."))
    return ALLOWED
