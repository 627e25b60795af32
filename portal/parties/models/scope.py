"""Members who work for some of a party's creators, merchants or shops only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import models
from django.db.models import Exists, Q
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.parties.models.accounts import OwnedAccount
from portal.parties.models.party import Membership, Party
from portal.parties.states import PartyKind, Role


class MembershipScope(models.Model):
    """Narrows a membership to the named parties; a merchant's, to the orders of the named shops.
    That the row is there narrows: with nobody named, the member sees nobody. An owner is never
    narrowed."""

    membership = models.OneToOneField(
        Membership, models.CASCADE, related_name="scope", verbose_name=_("membership")
    )
    parties: models.ManyToManyField[Party, models.Model] = models.ManyToManyField(
        Party, verbose_name=_("for whom"), blank=True
    )
    shops: models.ManyToManyField[OwnedAccount, models.Model] = models.ManyToManyField(
        OwnedAccount, verbose_name=_("shops"), blank=True
    )

    class Meta:
        verbose_name = _("scope of a member")
        verbose_name_plural = _("scopes of members")

    def __str__(self) -> str:
        return f"{self.membership_id}"


MembershipScopes = models.QuerySet[MembershipScope]


def sees_all(actor: Actor) -> bool:
    """Whether it is known, without asking, that nothing of the acting party is kept from this
    person: nobody narrows an owner, the system or a key. Of other members the database knows."""
    return actor.user is None or actor.key_party_id is not None or actor.role == Role.OWNER


def parties_seen_whole(actor: Actor) -> Any:
    """Ids of the parties of which this person sees every creator and merchant: a merchant's shops
    say nothing of these."""
    if actor.user is None:
        return [] if actor.party_id is None else [actor.party_id]
    if actor.key_party_id is not None:  # nobody of the party itself, and narrowed by nothing
        return [actor.party_id]
    own = Membership.objects.filter(user=actor.user)
    is_whole = Q(scope=None) | Q(role=Role.OWNER) | Q(party__kind=PartyKind.MERCHANT)
    return own.filter(is_whole).values("party")


def narrowed(actor: Actor, named: Callable[[MembershipScopes], Q]) -> Q:
    """Everything of the acting party to who is not narrowed there; to others what `named` says,
    given the scope they have."""
    if sees_all(actor):
        return Q()
    mine = Membership.objects.filter(user=actor.user_id, party=actor.party_id)
    is_whole = Q(Exists(mine.filter(Q(scope=None) | Q(role=Role.OWNER))))
    return is_whole | named(MembershipScope.objects.filter(membership__in=mine))


def pairs_seen(actor: Actor) -> models.QuerySet[Any]:
    """Pairs of a party and somebody a narrowed member works for: filter them by `party_id` and
    `membershipscope__membership__party_id`."""
    named = MembershipScope.parties.through._default_manager
    return named.filter(membershipscope__membership__user=actor.user_id)
