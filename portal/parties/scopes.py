"""For whom a narrowed member may work: each part names those its party has to do with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q

from portal.parties.models import OwnedAccount, Party, RosterEntry
from portal.parties.states import OwnedStatus, PartyKind, Platform

Source = Callable[[Party], Any]  # a party → ids of parties
_sources: list[Source] = []


def register_scope_source(source: Source) -> Source:
    _sources.append(source)
    return source


def scope_choices(party: Party) -> Any:
    """The parties to which a member of this one can be narrowed."""
    ours = Q()
    for source in _sources:
        ours |= Q(pk__in=source(party))
    return Party.objects.filter(ours).order_by("name", "pk") if _sources else Party.objects.none()


def shop_choices(party: Party) -> Any:
    """The shops to which a merchant's member can be narrowed: proven ones, also once a proof has
    run out, each number once."""
    if party.kind != PartyKind.MERCHANT:
        return OwnedAccount.objects.none()
    once = party.owned_accounts.filter(platform=Platform.SHOP, decided_at__isnull=False)
    newest = once.filter(status__in=[OwnedStatus.PROVEN, OwnedStatus.EXPIRED])
    by_number = newest.order_by("handle", "-claimed_at").distinct("handle")
    return OwnedAccount.objects.filter(pk__in=by_number.values("pk")).order_by("name", "handle")


@register_scope_source
def creators_of(party: Party) -> Any:
    return RosterEntry.objects.running().of_agency(party).values("creator")
