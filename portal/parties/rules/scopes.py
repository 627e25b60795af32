"""Who may narrow a member."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Verdict, conflict
from portal.parties.models import Membership
from portal.parties.rules.parties import can_manage_party
from portal.parties.states import PartyKind, Role

NARROWED_KINDS = (PartyKind.AGENCY, PartyKind.PROVIDER, PartyKind.MERCHANT)


def can_narrow_member(actor: Actor, membership: Membership) -> Verdict:
    if not (verdict := can_manage_party(actor, membership.party)):
        return verdict
    if membership.party.kind not in NARROWED_KINDS:
        return conflict(_("A creator's members see everything that is the creator's."))
    if membership.party.kind == PartyKind.MERCHANT and membership.role == Role.FINANCE:
        return conflict(_("Finance sees the money of all shops."))
    if membership.role == Role.OWNER:
        return conflict(_("The owner sees everybody."))
    if membership.role == Role.MANAGER and actor.role != Role.OWNER:
        return conflict(_("Only the owner narrows a manager."))
    if actor.user_id is not None and actor.user_id == membership.user_id:
        return conflict(_("Nobody narrows themselves."))
    return ALLOWED
