"""Who signs for a party, as its page shows it."""

from __future__ import annotations

from django.db.models import F, QuerySet

from portal.core.actor import Actor
from portal.parties.models import Membership
from portal.parties.states import Role
from portal.revenue.models import SigningPower


def powers_of(actor: Actor) -> QuerySet[SigningPower]:
    """The standing ones first, then those that were taken back, the last one first."""
    rows = SigningPower.objects.visible_to(actor).select_related("party", "person", "given_by")
    return rows.order_by(F("ended_at").desc(nulls_first=True), "-pk")


def owners_of(actor: Actor) -> list[Membership]:
    rows = Membership.objects.filter(party=actor.party_id, role=Role.OWNER)
    return list(rows.select_related("user"))
