"""Shops, houses and logos of many parties: pieces of `register_parties`, which has asked the
rules already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from portal.core import bulk
from portal.core.models import StoredFile
from portal.parties.fields import AgencyFields, MerchantFields
from portal.parties.models import AgencyProfile, Brand, MerchantProfile, Party, PartyPicture
from portal.parties.profile_states import PictureSlot, PictureStatus


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture that was looked at elsewhere; several parties may share its files."""

    file: StoredFile
    small: StoredFile
    where: str


def write_shops(shops: Sequence[tuple[Party, MerchantFields]]) -> None:
    bulk.insert(
        [
            MerchantProfile(
                party=party,
                shop_tier=shop.shop_tier,
                ship_hours=shop.ship_hours,
                returns_days=shop.returns_days,
                ships_free=shop.ships_free,
                insures_returns=shop.insures_returns,
                ships_cold=shop.ships_cold,
                sends_samples=shop.sends_samples,
            )
            for party, shop in shops
        ]
    )
    belts = MerchantProfile.belts.through
    bulk.insert(
        [
            belts(merchantprofile_id=party.pk, belt_id=belt)
            for party, shop in shops
            for belt in dict.fromkeys(shop.belt_ids)
        ]
    )
    bulk.insert(
        [
            Brand(merchant_id=party.pk, name=name, is_own=is_own)
            for party, shop in shops
            for names, is_own in ((shop.own_brands, True), (shop.sold_brands, False))
            for name in names
        ]
    )


def write_houses(houses: Sequence[tuple[Party, AgencyFields]]) -> None:
    bulk.insert(
        [
            AgencyProfile(
                party=party,
                founded_in=house.founded_in,
                managers=house.managers,
                studios=house.studios,
                takes_new=house.takes_new,
                business_name=house.business_name,
                business_phone=house.business_phone,
            )
            for party, house in houses
        ]
    )


def pictured(party: Party, logo: Logo, at: datetime) -> PartyPicture:
    """The row of a logo that is shown from the start; its key stands on the party."""
    party.logo = uuid4()
    return PartyPicture(
        id=party.logo,
        slot=PictureSlot.LOGO,
        file=logo.file,
        small=logo.small,
        status=PictureStatus.SHOWN,
        passed_elsewhere=logo.where,
        set_at=at,
    )
