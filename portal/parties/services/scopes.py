"""Narrowing a member to some of a party's creators, merchants or shops."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.core import audit
from portal.core.actor import Actor
from portal.core.verdict import Refused, unmet
from portal.parties import rules
from portal.parties.models import Membership, MembershipScope, OwnedAccount, Party
from portal.parties.scopes import scope_choices, shop_choices


@transaction.atomic
def narrow_member(
    actor: Actor,
    *,
    membership: Membership,
    parties: Collection[Party] | None,
    shops: Collection[OwnedAccount] = (),
) -> Membership:
    """The member sees these creators or merchants only, or the orders of these shops; `parties`
    None: everything again."""
    rows = Membership.objects.select_for_update(of=("self",), no_key=True)
    membership = rows.select_related("party").get(pk=membership.pk)
    rules.can_narrow_member(actor, membership).require()
    before = _named(membership)
    if parties is None:
        MembershipScope.objects.filter(membership=membership).delete()
    else:
        wanted = {party.pk for party in parties}
        known = set(scope_choices(membership.party).values_list("pk", flat=True))
        known_shops = set(shop_choices(membership.party).values_list("pk", flat=True))
        if not (wanted <= known and {shop.pk for shop in shops} <= known_shops):
            raise Refused(unmet(_("Choose among those the party works with.")))
        scope, _made = MembershipScope.objects.get_or_create(membership=membership)
        scope.parties.set(wanted)
        scope.shops.set(list(shops))
    audit.record(
        actor,
        "narrow_member",
        membership.party,
        before={"member": membership.user_id, "for": before},
        after={"member": membership.user_id, "for": _named(membership)},
    )
    return membership


def _named(membership: Membership) -> list[int | str] | None:
    scope = MembershipScope.objects.filter(membership=membership).first()
    if scope is None:
        return None
    named = sorted(scope.parties.values_list("pk", flat=True))
    return [*named, *sorted(scope.shops.values_list("handle", flat=True))]
