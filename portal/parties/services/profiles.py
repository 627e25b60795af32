"""What merchants and agencies say of themselves, beside what every party says."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from portal.core import audit
from portal.core.actor import Actor
from portal.parties import rules
from portal.parties.fields import AgencyFields, MerchantFields
from portal.parties.holding import watch_brands
from portal.parties.listing import publish_listing
from portal.parties.models import AgencyProfile, Brand, MerchantProfile, Party
from portal.parties.services.parties import lock_party

SHOP = (
    *("shop_tier", "ship_hours", "returns_days", "ships_free", "insures_returns"),
    *("ships_cold", "sends_samples"),
)
HOUSE = ("founded_in", "managers", "studios", "takes_new")


@transaction.atomic
def describe_merchant(actor: Actor, *, party: Party, fields: MerchantFields) -> MerchantProfile:
    """Replace what the merchant says of its shop."""
    party = lock_party(party)
    rules.can_describe_merchant(actor, party).require()
    rules.merchant_is_sound(fields).require()
    before = _shop(MerchantProfile.objects.filter(party=party).first())
    profile, _made = MerchantProfile.objects.update_or_create(
        party=party, defaults={name: getattr(fields, name) for name in SHOP}
    )
    profile.belts.set(fields.belt_ids)
    profile.brands.all().delete()
    Brand.objects.bulk_create(
        Brand(merchant=profile, name=name, is_own=is_own)
        for names, is_own in ((fields.own_brands, True), (fields.sold_brands, False))
        for name in names
    )
    watch_brands(actor, profile)
    publish_listing(party)
    audit.record(actor, "describe_merchant", party, before=before, after=_shop(profile))
    return profile


@transaction.atomic
def describe_agency(actor: Actor, *, party: Party, fields: AgencyFields) -> AgencyProfile:
    """Replace what the agency says of its house. The contact stays out of the trail."""
    party = lock_party(party)
    rules.can_describe_agency(actor, party).require()
    rules.agency_is_sound(fields).require()
    before = _house(AgencyProfile.objects.filter(party=party).first())
    profile, _made = AgencyProfile.objects.update_or_create(
        party=party,
        defaults={name: getattr(fields, name) for name in HOUSE}
        | {
            "business_name": fields.business_name.strip(),
            "business_phone": fields.business_phone.strip(),
        },
    )
    audit.record(actor, "describe_agency", party, before=before, after=_house(profile))
    return profile


def _shop(profile: MerchantProfile | None) -> dict[str, Any]:
    if profile is None:
        return {}
    return {
        **{name: getattr(profile, name) for name in SHOP},
        "belts": sorted(profile.belts.values_list("pk", flat=True)),
        "brands": list(profile.brands.values_list("name", flat=True)),
    }


def _house(profile: AgencyProfile | None) -> dict[str, Any]:
    if profile is None:
        return {}
    said = {name: getattr(profile, name) for name in HOUSE}
    return said | {"has_contact": bool(profile.business_phone)}
