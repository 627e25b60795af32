"""What the demo's merchants and agencies say of themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from django.db import transaction

from portal.core import clock, outbox
from portal.parties import services
from portal.parties.demo.cast import acting, cast_party
from portal.parties.demo.people import human_name, mobile_phone
from portal.parties.demo.portraits import OPENED, Portrait
from portal.parties.demo.world import World
from portal.parties.fields import AgencyFields, MerchantFields
from portal.parties.models import Belt
from portal.parties.profile_states import ShipHours, ShopTier
from portal.parties.states import PartyKind

COLD = {"fresh", "food"}
SILENT = 0.12  # who says nothing
TIERS = (ShopTier.FLAGSHIP, ShopTier.EXCLUSIVE, ShopTier.SPECIALTY, ShopTier.COMPANY)
BIG_TIERS, SMALL_TIERS = (6, 3, 2, 3), (1, 2, 3, 8)  # weights


def belts_by_category() -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for key, category in Belt.objects.order_by("position").values_list("pk", "category_id"):
        found.setdefault(category, []).append(key)
    return found


def shop_of(portrait: Portrait, belts: Mapping[int, Sequence[int]]) -> MerchantFields | None:
    random, fields = Random(f"shop:{portrait.number}"), portrait.fields
    if random.random() < SILENT:
        return None
    is_sole = fields.uscc.startswith("92")
    weights = BIG_TIERS if portrait.level > 2 else SMALL_TIERS
    [tier] = [ShopTier.SOLE] if is_sole else random.choices(TIERS, weights=weights)
    near = belts.get(portrait.main.pk, ())
    return MerchantFields(
        shop_tier=tier,
        ship_hours=random.choice((ShipHours.DAY, ShipHours.TWO_DAYS, ShipHours.TWO_DAYS)),
        belt_ids=random.sample(list(near), k=1) if near and random.random() < 0.55 else [],
        own_brands=[] if tier == ShopTier.SPECIALTY else [fields.name],
        returns_days=random.choice((7, 7, 7, 15, 30)),
        ships_free=random.random() < 0.7,
        insures_returns=random.random() < 0.6,
        ships_cold=portrait.main.code in COLD and random.random() < 0.5,
        sends_samples=random.random() < 0.65,
    )


def house_of(portrait: Portrait) -> AgencyFields | None:
    random = Random(f"house:{portrait.number}")
    if random.random() < SILENT:
        return None
    since = max(OPENED.year - 2, portrait.registered_at.year - random.randint(0, 3))
    return AgencyFields(
        founded_in=since,
        managers=random.randint(1, 4) * portrait.level,
        studios=random.randint(0, 2 * portrait.level),
        takes_new=random.random() < 0.8,
        business_name=human_name(random),
        business_phone=mobile_phone(random),
    )


@transaction.atomic
def make_cast_shops(world: World) -> None:
    """The guide's merchant and agency."""
    random = Random("cast-shops")
    merchant, agency = cast_party(PartyKind.MERCHANT), cast_party(PartyKind.AGENCY)
    belts = belts_by_category().get(world.categories["food"].pk, [])
    with outbox.born_delivered(), clock.standing_at(world.ago(90, random)):
        services.describe_merchant(
            acting(merchant),
            party=merchant,
            fields=MerchantFields(
                shop_tier=ShopTier.FLAGSHIP,
                ship_hours=ShipHours.DAY,
                belt_ids=belts[:1],
                own_brands=["谷雨粒"],
                ships_free=True,
                insures_returns=True,
                sends_samples=True,
            ),
        )
        services.describe_agency(
            acting(agency),
            party=agency,
            fields=AgencyFields(
                founded_in=2019,
                managers=14,
                studios=6,
                business_name="唐悦",
                business_phone=mobile_phone(random),
            ),
        )
