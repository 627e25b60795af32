"""What tasks keep of people and open of parties: notes and objections are their party's words; of a
creator, who is a person, they are the person's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.core.verdict import ALLOWED, Verdict, conflict
from portal.parties.holdings import register_holding, register_obstacle
from portal.parties.models import Party, User
from portal.parties.states import PartyKind
from portal.rewards import states
from portal.rewards.models import Claim, ClaimAppeal, Coupon


@register_obstacle
def waits_for_no_reward(party: Party) -> Verdict:
    """Money that is owed keeps a party open by the ledger's own rule."""
    open_ones = states.RUNNING | states.WAITING
    if Claim.objects.filter(party=party, status__in=open_ones).exists():
        return conflict(_("A task is on its way; give it up, or wait for its result."))
    if ClaimAppeal.objects.waiting().filter(claim__party=party).exists():
        return conflict(_("An objection to a task's result is being looked at; withdraw it first."))
    return ALLOWED


def tell(user: User) -> dict[str, Any]:
    """Tasks of the creators that a person is, and what they wrote about them."""
    own = Claim.objects.filter(party__membership__user=user, party__kind=PartyKind.CREATOR)
    claims = own.distinct().select_related("task").order_by("claimed_at")
    appeals = ClaimAppeal.objects.filter(filed_by=user).order_by("filed_at")
    coupons = Coupon.objects.filter(claim__in=own).order_by("granted_at")
    return {
        "claims": [
            {
                "task": claim.task.code,
                "status": claim.status,
                "claimed_at": claim.claimed_at.isoformat(),
                "note": claim.note,
                "reason": claim.reason,
            }
            for claim in claims
        ],
        "objections": [
            {"text": one.text, "status": one.status, "sentence": one.sentence} for one in appeals
        ],
        "coupons": [{"number": one.number, "face": one.face, "used": one.used} for one in coupons],
    }


def forget(user: User, parties: Sequence[Party]) -> None:
    """What they wrote; what was rewarded stays, as the books do."""
    Claim.objects.filter(party__in=parties).exclude(note="").update(note="—")
    ClaimAppeal.objects.filter(claim__party__in=parties).update(text="—")


register_holding("tasks", tell, forget)
