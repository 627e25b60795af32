"""Who speaks for a party, as its page and the API show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from portal.core import clock
from portal.core.actor import Actor
from portal.core.contacts import masked_mail, masked_phone
from portal.core.verdict import Verdict
from portal.parties import rules
from portal.parties.models import Invitation, Membership, OwnershipOffer, Party, User
from portal.parties.states import Role


@dataclass(frozen=True, slots=True)
class Member:
    """A membership, and what the acting person may do about it."""

    membership: Membership
    address: str
    is_self: bool
    can_remove: Verdict
    can_narrow: Verdict
    roles: list[Role]  # what they could be made; empty = nothing to choose


def members_of(actor: Actor, party: Party) -> list[Member]:
    """Everybody who speaks for the party, the owner first."""
    rows = Membership.objects.filter(party=party).select_related("user", "party")
    found = sorted(rows, key=lambda m: (list(Role).index(Role(m.role)), m.pk))
    return [_member(actor, membership) for membership in found]


def _member(actor: Actor, membership: Membership) -> Member:
    can_remove = rules.can_remove_member(actor, membership)
    roles = rules.roles_to_give(actor) if can_remove else []
    return Member(
        membership=membership,
        address=_address(membership.user),
        is_self=membership.user_id == actor.user_id,
        can_remove=can_remove,
        can_narrow=rules.can_narrow_member(actor, membership),
        roles=roles if len(roles) > 1 else [],
    )


def _address(person: User) -> str:
    """How colleagues tell each other apart: half of the mail address or of the number."""
    return masked_mail(person.email or "") or masked_phone(person.phone or "")


def open_invitations(party: Party) -> Any:
    return (
        Invitation.objects.filter(party=party).open_at(clock.now()).select_related("invited_by")
    ).order_by("-created_at")


def open_offer(party: Party) -> OwnershipOffer | None:
    rows = OwnershipOffer.objects.filter(party=party).open_at(clock.now())
    return rows.select_related("giver", "taker", "party").first()


def offers_to(actor: Actor) -> QuerySet[OwnershipOffer]:
    """The acting party, where its owner offers it to this person."""
    rows = OwnershipOffer.objects.filter(party=actor.party_id, taker=actor.user_id)
    return rows.open_at(clock.now()).select_related("giver", "party")


def invitations_for(actor: Actor) -> QuerySet[Invitation]:
    """The open invitations to a mail address or a phone this person has proven."""
    if actor.user is None:
        return Invitation.objects.none()
    own = EmailAddress.objects.filter(user=actor.user, verified=True)
    theirs = Q(email__in=own.values(address=Lower("email")))
    if actor.user.phone:
        theirs |= Q(phone=actor.user.phone)
    rows = Invitation.objects.open_at(clock.now()).filter(theirs)
    return rows.exclude(party__members=actor.user).select_related("party")
