"""Who may suspend a party and lift its suspension."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Verdict, conflict, forbidden
from portal.parties.models import Party
from portal.parties.rules.parties import can_become, covers_region, is_member
from portal.parties.states import PartyStatus


def can_suspend_party(actor: Actor, party: Party) -> Verdict:
    if not (verdict := _may_measure(actor, party)):
        return verdict
    if not can_become(party, PartyStatus.SUSPENDED):
        return conflict(_("Only a verified party can be suspended."))
    return ALLOWED


def can_lift_suspension(actor: Actor, party: Party) -> Verdict:
    if not (verdict := _may_measure(actor, party)):
        return verdict
    if party.status != PartyStatus.SUSPENDED:
        return conflict(_("This party is not suspended."))
    return ALLOWED


def _may_measure(actor: Actor, party: Party) -> Verdict:
    if not actor.has_perm("parties.suspend_party"):
        return forbidden(_("Only those who handle risk may suspend a party."))
    if actor.user is not None and not covers_region(actor, party):
        return forbidden(_("This party is outside your regions."))
    if actor.user is not None and is_member(actor.user, party):
        return forbidden(_("Nobody decides about a party of their own."))
    return ALLOWED


def suspension_ends_later(until: datetime | None, now: datetime) -> bool:
    return until is None or until > now
