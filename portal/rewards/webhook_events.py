"""What machines are told of a party's own claims and objections."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.rewards.models import Claim, ClaimAppeal
from portal.webhooks.catalogue import register_event

EXAMPLE = {
    "claim": "5f0c1d5e-8d58-4a43-9d0e-3f7a3f2d3d11",
    "task": "live-three-days",
    "party": 12,
    "status": "rewarded",
    "reward": "granted",
    "unit": "cash",
    "amount": 20000,
    "reason": "",
}


def claim_data(claim: Claim, told: int) -> dict[str, Any]:
    """`amount`: fen, or points of a traffic coupon: see `unit`."""
    return {
        "claim": str(claim.pk),
        "task": claim.task.code,
        "party": claim.party_id,
        "status": claim.status,
        "reward": claim.standing,
        "unit": claim.task.unit,
        "amount": claim.amount,
        "reason": claim.reason,
    }


def objection_data(appeal: ClaimAppeal, told: int) -> dict[str, Any]:
    return {
        "objection": str(appeal.pk),
        "claim": str(appeal.claim_id),
        "party": appeal.claim.party_id,
        "against": appeal.against,
        "status": appeal.status,
        "sentence": appeal.sentence,
    }


def _party(claim: Claim) -> tuple[int]:
    return (claim.party_id,)


def _its_party(appeal: ClaimAppeal) -> tuple[int]:
    return (appeal.claim.party_id,)


EVENTS = (
    ("task.claimed", _("A task was claimed"), ("claim_task",)),
    ("task.begun", _("A claim has its first record"), ("begin_claim",)),
    ("task.reopened", _("A claim goes on: an order was refunded"), ("reopen_claim",)),
    ("task.submitted", _("A claim was handed in"), ("submit_claim", "suspect_claim")),
    ("task.passed", _("A claim passed"), ("pass_claim", "restore_claim")),
    ("task.rewarded", _("A claim was rewarded"), ("grant_reward",)),
    ("task.failed", _("A claim did not pass"), ("fail_claim",)),
    ("task.revoked", _("A claim was revoked"), ("revoke_claim",)),
    ("task.ended", _("A claim ended without a result"), ("withdraw_claim", "expire_claim")),
)
for _name, _title, _verbs in EVENTS:
    register_event(
        _name,
        _title,
        of="rewards.claim",
        verbs=_verbs,
        parties=_party,
        data=claim_data,
        example=EXAMPLE,
    )
register_event(
    "task.objection_answered",
    _("An objection to a claim's result was answered"),
    of="rewards.claimappeal",
    verbs=("decide_claim_appeal",),
    parties=_its_party,
    data=objection_data,
    example={
        "objection": "0a3c9a52-63a5-4a41-8d0a-0d2d8f1f4b10",
        "claim": EXAMPLE["claim"],
        "party": 12,
        "against": "failed",
        "status": "granted",
        "sentence": "The recording can be played.",
    },
)
