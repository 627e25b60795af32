"""Tasks of two parties that become one: the claims, coupons and records of both count on together,
but where both are on their way through the same task."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from portal.core.verdict import ALLOWED, Verdict, conflict
from portal.parties.merges import moves, moves_by, register_clash
from portal.parties.models import Party
from portal.rewards import states
from portal.rewards.models import Claim, Coupon, Revocation, StepRecord
from portal.rewards.states import AppealStatus

moves(Claim, "party")
moves(Coupon, "party")
moves(Revocation, "party")


@moves_by(StepRecord, "party")
def one_day_each(survivor: Party, absorbed: Party) -> None:
    """A day of both is one day: what the party that stays has counted of it stands."""
    ours = StepRecord.objects.filter(party=survivor, ref__startswith="day:")
    same = ours.filter(event=OuterRef("event"), at=OuterRef("at"))
    theirs = StepRecord.objects.filter(party=absorbed)
    theirs.exclude(Q(ref__startswith="day:") & Exists(same)).update(party=survivor)


@register_clash
def one_claim_each(survivor: Party, absorbed: Party) -> Verdict:
    """An objection that waits may yet make a claim stand again."""
    waits = Q(appeals__status=AppealStatus.FILED)
    ours, theirs = (
        set(
            Claim.objects.filter(Q(status__in=states.ALIVE) | waits, party=side).values_list(
                "task", flat=True
            )
        )
        for side in (survivor, absorbed)
    )
    if ours & theirs:
        return conflict(_("Both have claimed the same task; give one up first."))
    return ALLOWED
