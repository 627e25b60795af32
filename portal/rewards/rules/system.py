"""What the platform's own parts do, and nobody by hand."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.core.actor import SYSTEM, Actor
from portal.core.verdict import ALLOWED, Verdict, forbidden


def can_record_steps(actor: Actor) -> Verdict:
    """The part that owns a record tells it; a party never reports itself."""
    if actor.role == SYSTEM:
        return ALLOWED
    return forbidden(_("Steps are counted by the records, not reported."))


def can_bring_in_bulk(actor: Actor) -> Verdict:
    if actor.role == SYSTEM:
        return ALLOWED
    return forbidden(_("Only the system writes down what was before."))


def can_pay_rewards(actor: Actor) -> Verdict:
    if actor.role == SYSTEM:
        return ALLOWED
    return forbidden(_("Rewards are paid by the system, once a day."))


def can_grant_rewards(actor: Actor) -> Verdict:
    if actor.has_perm("rewards.verify_claim"):
        return ALLOWED
    return forbidden(_("Only those who verify claims may do this."))
