"""What a party is narrowed by in a directory, as it is now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db import models
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from portal.core import clock
from portal.parties.models import RosterEntry, StaffMember
from portal.parties.profile_states import FactPart, ShopTier
from portal.parties.search import (
    MARKED,
    SETTLED_BANDS,
    Facet,
    facet_token,
    goods_band,
    price_bands,
    score_band,
    size_band,
)
from portal.parties.search.facets import sample_of
from portal.parties.selectors.reference import reference
from portal.parties.states import CityTier, PartyKind

TIERS = list(CityTier.values)


def with_facets(listed: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """With everything that facets are made of."""
    staff = StaffMember.objects.working().filter(party=OuterRef("pk")).order_by()
    roster = RosterEntry.objects.running().filter(agency=OuterRef("pk")).order_by()
    return (
        listed.select_related("city", "profile", "standing", "reach", "merchant")
        .prefetch_related(
            *(
                "category_shares",
                "profile__services",
                "profile__cities",
                "merchant__belts",
                "merchant__brands",
            )
        )
        .annotate(team=_number_of(staff, "party"), signed=_number_of(roster, "agency"))
    )


def _number_of(rows: models.QuerySet[Any], by: str) -> Coalesce:
    counted = rows.values(by).annotate(n=Count("*")).values("n")
    return Coalesce(Subquery(counted, output_field=models.IntegerField()), 0)


def score_of(party: Any) -> int | None:
    standing = getattr(party, "standing", None)
    return standing.score if standing else None


def city_tiers(years: Any) -> dict[int, int]:
    """Each city's tier in the newest year that has begun."""
    begun = years.filter(year__lte=clock.today().year).order_by("year")
    return {city: TIERS.index(tier) for city, tier in begun.values_list("city_id", "tier")}


def facets_of(
    party: Any, tiers: dict[int, int], barred_from: Collection[tuple[int, int]]
) -> set[int]:
    values = _facet_values(party, tiers, barred_from)
    return {facet_token(party.kind, facet, value) for facet, value in values}


def _facet_values(
    party: Any, tiers: dict[int, int], barred_from: Collection[tuple[int, int]]
) -> Iterator[tuple[Facet, int]]:
    yield Facet.ALL, 0
    yield Facet.SAMPLE, sample_of(party.pk)
    yield Facet.SCORE, score_band(score_of(party))
    for share in party.category_shares.all():
        if (party.pk, share.category_id) not in barred_from:
            yield Facet.CATEGORY, share.category_id
    yield from _places([party.city], tiers)
    profile = getattr(party, "profile", None)
    if profile is not None:
        yield from ((Facet.SERVICE, service.pk) for service in profile.services.all())
        yield from _places(profile.cities.all(), tiers)
        yield Facet.REMOTE, int(profile.works_remotely)
        bands = price_bands(profile.price_low_fen, profile.price_high_fen)
        yield from ((Facet.PRICE, band) for band in bands)
        yield from ((Facet.FACT, FactPart(part).place) for part in profile.fact_parts)
    if (band := size_band(party.kind, _size_of(party))) is not None:
        yield Facet.TEAM if party.kind == PartyKind.PROVIDER else Facet.SIZE, band
    if (settled := getattr(getattr(party, "reach", None), "size_band", "")) in SETTLED_BANDS:
        yield Facet.SIZE, SETTLED_BANDS.index(settled)
    shop = getattr(party, "merchant", None)
    if shop is not None:
        yield Facet.SHOP, ShopTier.values.index(shop.shop_tier)
        yield from ((Facet.BELT, belt.pk) for belt in shop.belts.all())
    reach = getattr(party, "reach", None)
    if reach is not None and reach.stars is not None:
        yield Facet.STARS, reach.stars
    if reach is not None and reach.mark_year is not None:
        yield Facet.STARS, MARKED
    if reach is not None and reach.average_price_fen is not None:
        yield Facet.PRICE, goods_band(reach.average_price_fen)


def _size_of(party: Any) -> int:
    """A provider has a team, an agency is as large as its roster, a creator as its audience; -1
    where that is not known."""
    if party.kind == PartyKind.CREATOR:
        followers = getattr(getattr(party, "reach", None), "followers", None)
        return -1 if followers is None else int(followers)
    return int(party.signed if party.kind == PartyKind.AGENCY else party.team)


def _places(cities: Iterable[Any], tiers: dict[int, int]) -> Iterator[tuple[Facet, int]]:
    """Where a party is, and where it works on site."""
    for city in cities:
        yield Facet.CITY, city.pk
        yield Facet.REGION, reference().regions[city.region_id].pk
        if city.pk in tiers:
            yield Facet.TIER, tiers[city.pk]
