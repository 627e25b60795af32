"""The home of each kind of party."""

from __future__ import annotations

from collections.abc import Callable

from portal.core.actor import Actor
from portal.pages.homes.agency import agency_home
from portal.pages.homes.cards import Card, Home, NextStep, Row
from portal.pages.homes.creator import creator_home
from portal.pages.homes.merchant import merchant_home
from portal.pages.homes.provider import provider_home
from portal.pages.homes.steps import next_step, operator_step
from portal.parties.models import Party
from portal.parties.states import PartyKind

HOMES: dict[PartyKind, Callable[[Actor, Party], Home]] = {
    PartyKind.MERCHANT: merchant_home,
    PartyKind.PROVIDER: provider_home,
    PartyKind.AGENCY: agency_home,
    PartyKind.CREATOR: creator_home,
}


def home_of(actor: Actor) -> Home:
    """Nothing for who speaks for no party, or for one nobody has verified: the registration stands
    there instead."""
    if actor.party is None or not actor.party.is_trusted:
        return Home()
    return HOMES[PartyKind(actor.party.kind)](actor, actor.party)


__all__ = ["Card", "Home", "NextStep", "Row", "home_of", "next_step", "operator_step"]
