"""Who takes vouchers, ages and identities out."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Verdict, forbidden
from portal.ledger.rules import can_see_money


def can_see_vouchers(actor: Actor) -> Verdict:
    if actor.has_perm("invoicing.view_vouchertemplate"):
        return ALLOWED
    return forbidden(_("Only the platform's finance people and auditors see vouchers."))


def can_export_vouchers(actor: Actor) -> Verdict:
    if actor.has_perm("invoicing.export_vouchers"):
        return ALLOWED
    return forbidden(_("Only the platform's finance people take vouchers out."))


def can_see_ageing(actor: Actor) -> Verdict:
    """A party's own by who handles its money; everybody's by the platform's finance."""
    if actor.party is not None:
        return can_see_money(actor)
    return can_see_all_ageing(actor)


def can_see_all_ageing(actor: Actor) -> Verdict:
    if actor.has_perm("invoicing.view_agedbalance"):
        return ALLOWED
    return forbidden(_("Only the platform's finance people and auditors see what is owed."))


def can_export_identities(actor: Actor) -> Verdict:
    if actor.has_perm("invoicing.export_identities"):
        return ALLOWED
    return forbidden(_("Only who reports to the tax authority takes identities out."))
