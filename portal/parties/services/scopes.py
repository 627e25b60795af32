"""Narrowing a member to some of a party's creators or merchants."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.core import audit
from portal.core.actor import Actor
from portal.core.verdict import Refused, unmet
from portal.parties import rules
from portal.parties.models import Membership, MembershipScope, Party
from portal.parties.scopes import scope_choices


@transaction.atomic
def narrow_member(
    actor: Actor, *, membership: Membership, parties: Collection[Party] | None
) -> Membership:
    """The member sees these creators or merchants only; None: everybody again."""
    membership = Membership.objects.select_for_update(of=("self",)).select_related("party").get(
        pk=membership.pk
    )  # fmt: skip
    rules.can_narrow_member(actor, membership).require()
    before = _named(membership)
    if parties is None:
        MembershipScope.objects.filter(membership=membership).delete()
    else:
        wanted = {party.pk for party in parties}
        known = set(scope_choices(membership.party).values_list("pk", flat=True))
        if not wanted <= known:
            raise Refused(unmet(_("Choose among those the party works with.")))
        scope, _made = MembershipScope.objects.get_or_create(membership=membership)
        scope.parties.set(wanted)
    audit.record(
        actor,
        "narrow_member",
        membership.party,
        before={"member": membership.user_id, "for": before},
        after={"member": membership.user_id, "for": _named(membership)},
    )
    return membership


def _named(membership: Membership) -> list[int] | None:
    scope = MembershipScope.objects.filter(membership=membership).first()
    return None if scope is None else sorted(scope.parties.values_list("pk", flat=True))
