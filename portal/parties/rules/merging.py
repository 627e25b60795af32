"""Who makes one party of two, and of which."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Verdict, conflict, forbidden
from portal.parties import states
from portal.parties.models import Membership, Party
from portal.parties.rules.parties import covers_region, is_member


def can_merge_parties(actor: Actor, survivor: Party, absorbed: Party) -> Verdict:
    """Whether this operator may, and the two may. What their rows say is asked of
    `merges.may_merge`."""
    for party in (survivor, absorbed):
        if not (verdict := may_merge_for(actor, party)):
            return verdict
    if survivor.pk == absorbed.pk:
        return conflict(_("Choose another party; this one is the same."))
    if survivor.kind != absorbed.kind:
        return conflict(_("Only two parties of the same kind can be one."))
    if survivor.sandbox_of_id or absorbed.sandbox_of_id:
        return conflict(_("A sandbox is part of no merge."))
    for party in (survivor, absorbed):
        if party.status not in states.MERGEABLE:
            return conflict(_("%(party)s is suspended or closed.") % {"party": party.name})
    if _would_give_away(survivor, absorbed):
        return conflict(_("Nobody speaks for the party that stays: its people claim it instead."))
    if absorbed.verified_at is not None and survivor.verified_at is None:
        return conflict(_("Only the party that goes is verified. Merge the other way."))
    return ALLOWED


def _would_give_away(survivor: Party, absorbed: Party) -> bool:
    """A party without people goes to somebody by a claim, which is proven."""
    members = Membership.objects
    is_nobodys = not members.filter(party=survivor).exists()
    return is_nobodys and members.filter(party=absorbed).exists()


def may_merge_for(actor: Actor, party: Party) -> Verdict:
    if not (verdict := may_merge(actor)):
        return verdict
    if actor.user is not None and not covers_region(actor, party):
        return forbidden(_("This party is outside your regions."))
    if actor.user is not None and is_member(actor.user, party):
        return forbidden(_("Nobody decides about a party of their own."))
    return ALLOWED


def may_merge(actor: Actor) -> Verdict:
    if actor.has_perm("parties.merge_party"):
        return ALLOWED
    return forbidden(_("Only operators may merge parties."))
