"""What a public profile shows beside the party's own words, by kind of party."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from matchmaking.cooperation.models import Cooperation
from matchmaking.cooperation.states import LIVE
from matchmaking.needs.models import ResponsePace
from portal.activity.selectors import creator_profile, figures_of, roster_figures
from portal.core import clock
from portal.directory.filters import FOLLOWERS
from portal.evaluation.selectors import shown_rating, shown_ratings
from portal.parties.models import AgencyProfile, MerchantProfile, Party, ProviderProfile
from portal.parties.selectors import (
    numbers_of_cases,
    numbers_of_staff,
    roster_size,
    roster_sizes,
    shown_cases,
    shown_cover,
    shown_members,
    team_of,
    team_parts,
)
from portal.parties.states import PartyKind
from portal.tiers.selectors import mark_of, mark_years_of, standing_of, stars_of

MOST_MEMBERS = 60


@dataclass(frozen=True, slots=True)
class Capacity:
    """How many cooperations a provider runs at once, and how many of these are free now: less the
    ones agreed here, less those it says it has elsewhere."""

    total: int
    running: int
    elsewhere: int

    @property
    def free(self) -> int:
        return max(0, self.total - self.running - self.elsewhere)


def capacity_of(profile: ProviderProfile | None, running: int) -> Capacity | None:
    """None: the provider has not said."""
    if profile is None or profile.capacity is None:
        return None
    return Capacity(profile.capacity, running, profile.busy_elsewhere)


def running_cooperations(party_ids: Iterable[int]) -> dict[int, int]:
    """How many cooperations each provider has agreed to that are not over today."""
    agreed = Cooperation.objects.filter(
        provider__in=list(party_ids), status__in=LIVE, ends_on__gt=clock.today()
    )
    return dict(agreed.order_by().values_list("provider_id").annotate(n=Count("pk")))


def profile_of(party: Party) -> dict[str, Any]:
    """The context of a party's public page."""
    return {"cover": shown_cover(party), **PROFILES[PartyKind(party.kind)](party)}


def _of_provider(party: Party) -> dict[str, Any]:
    running = running_cooperations([party.pk]).get(party.pk, 0)
    return {
        "capacity": capacity_of(getattr(party, "profile", None), running),
        "response": ResponsePace.objects.filter(party=party).first(),
        "team": team_parts(team_of(party)),
        "cases": shown_cases(party),
        "shown": shown_rating(party.kind, party.pk),
    }


def _of_agency(party: Party) -> dict[str, Any]:
    figures = roster_figures(party)
    return {
        "response": ResponsePace.objects.filter(party=party).first(),
        "members": shown_members(party)[:MOST_MEMBERS],
        "roster_size": roster_size(party),
        "figures": figures,
        "house": AgencyProfile.objects.filter(party=party).first(),
        "bands": [(FOLLOWERS[band][1], number) for band, number in figures.bands],
        "standing": standing_of(party.pk),
        "mark": mark_of(party.pk),
        "shown": shown_rating(party.kind, party.pk),
    }


def _of_creator(party: Party) -> dict[str, Any]:
    return {"response": ResponsePace.objects.filter(party=party).first(), **creator_profile(party)}


def _of_merchant(party: Party) -> dict[str, Any]:
    shops = MerchantProfile.objects.prefetch_related("belts", "brands")
    return {"shop": shops.filter(party=party).first()}


PROFILES: dict[PartyKind, Callable[[Party], dict[str, Any]]] = {
    PartyKind.PROVIDER: _of_provider,
    PartyKind.AGENCY: _of_agency,
    PartyKind.CREATOR: _of_creator,
    PartyKind.MERCHANT: _of_merchant,
}


# --- cards of a list ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Card:
    """One party of a list, with the figures people choose by."""

    party: Party
    facts: dict[str, Any] = field(default_factory=dict)


def cards_of(kind: str, parties: Sequence[Party], service: str = "") -> list[Card]:
    """In the same order; as many queries for twenty as for one. Ratings are of `service` where a
    party has one, else of its home."""
    facts = CARDS.get(PartyKind(kind), _no_facts)(parties)
    ratings = shown_ratings(kind, [party.pk for party in parties], service)
    return [
        Card(party, {**facts.get(party.pk, {}), "shown": ratings.get(party.pk)})
        for party in parties
    ]


def _no_facts(parties: Sequence[Party]) -> dict[int, dict[str, Any]]:
    return {}


def _provider_facts(parties: Sequence[Party]) -> dict[int, dict[str, Any]]:
    keys = [party.pk for party in parties]
    running, paces = running_cooperations(keys), _paces(keys)
    cases, staff = numbers_of_cases(keys), numbers_of_staff(keys)
    return {
        party.pk: {
            "capacity": capacity_of(getattr(party, "profile", None), running.get(party.pk, 0)),
            "response": paces.get(party.pk),
            "cases": cases.get(party.pk, (0, 0))[0],
            "verified_cases": cases.get(party.pk, (0, 0))[1],
            "staff": staff.get(party.pk, 0),
        }
        for party in parties
    }


def _paces(party_ids: Iterable[int]) -> dict[int, ResponsePace]:
    """How fast each of these answers; who was asked nothing is left out."""
    return ResponsePace.objects.in_bulk(list(party_ids))


def _creator_facts(parties: Sequence[Party]) -> dict[int, dict[str, Any]]:
    found = figures_of(party.pk for party in parties)
    return {key: dict(known) for key, known in found.items()}


def _agency_facts(parties: Sequence[Party]) -> dict[int, dict[str, Any]]:
    sizes = roster_sizes(p.pk for p in parties)
    held = stars_of(p.pk for p in parties)
    years = mark_years_of(p.pk for p in parties)
    return {
        p.pk: {
            "signed": sizes.get(p.pk, 0),
            "stars": held.get(p.pk, 0),
            "mark": years.get(p.pk),
        }
        for p in parties
    }


def _merchant_facts(parties: Sequence[Party]) -> dict[int, dict[str, Any]]:
    shops = MerchantProfile.objects.filter(party__in=parties).prefetch_related("belts", "brands")
    return {shop.pk: {"shop": shop} for shop in shops}


CARDS: dict[PartyKind, Callable[[Sequence[Party]], dict[int, dict[str, Any]]]] = {
    PartyKind.PROVIDER: _provider_facts,
    PartyKind.CREATOR: _creator_facts,
    PartyKind.AGENCY: _agency_facts,
    PartyKind.MERCHANT: _merchant_facts,
}
