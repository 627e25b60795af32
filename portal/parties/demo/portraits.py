"""What each party of the demo is like, drawn from a random stream of its own: party `number` of a
kind is the same at every scale, and a resumed load makes the party that an unbroken one made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from portal.parties.demo import intros
from portal.parties.demo.codes import COMPANY, SOLE_TRADER, code_of
from portal.parties.demo.names import party_name
from portal.parties.demo.people import human_name, mobile_phone
from portal.parties.demo.places import area_of
from portal.parties.demo.world import World, at_work
from portal.parties.fields import PartyFields, ProviderFields
from portal.parties.models import Category, City
from portal.parties.profile_states import FactPart
from portal.parties.states import PartyKind

OPENED = date(2018, 12, 1)  # when carts were opened to everyone who applied
GROWTH = 0.6  # the n-th part of all came in the (n ** GROWTH)-th part of the time
BUSY = {  # how many have their main trade in a category
    "home": 10,
    "beauty": 14,
    "food": 16,
    "apparel": 14,
    "shoes-bags": 6,
    "fresh": 8,
    "baby": 8,
    "digital": 6,
    "sports": 4,
    "pets": 3,
    "health": 2,
    "auto": 2,
    "books": 3,
    "gifts": 3,
}
BESIDE = {  # what goes with a main trade
    "home": ("digital", "gifts", "pets", "baby"),
    "beauty": ("health", "baby", "apparel"),
    "food": ("fresh", "health", "gifts"),
    "apparel": ("shoes-bags", "sports", "baby"),
    "shoes-bags": ("apparel", "gifts"),
    "fresh": ("food", "health"),
    "baby": ("apparel", "books", "food"),
    "digital": ("home", "auto", "sports"),
    "sports": ("apparel", "shoes-bags"),
    "pets": ("home", "food"),
    "health": ("food", "beauty"),
    "auto": ("digital", "sports"),
    "books": ("baby", "gifts"),
    "gifts": ("home", "books"),
}
SIDES = {  # how many other categories: weights of none, one, two, …
    PartyKind.MERCHANT: (5, 3, 2),
    PartyKind.PROVIDER: (1, 3, 4, 2),
    PartyKind.AGENCY: (1, 3, 4),
    PartyKind.CREATOR: (3, 4, 2),
}
PRICES = {  # service → yuan a month that a team of the first level asks
    "full-service": 24_000,
    "shop": 9_000,
    "live-room": 15_000,
    "short-video": 9_000,
    "account": 7_000,
    "paid-ads": 9_000,
    "product-content": 6_000,
    "onboarding": 3_000,
    "creator-distribution": 9_000,
    "sourcing": 8_000,
    "logistics": 6_000,
    "training": 6_000,
    "customer-service": 4_000,
    "hosts": 8_000,
    "data": 5_000,
    "finance-legal": 3_000,
    "studio": 8_000,
    "compliance": 3_000,
}
TEAMS = (  # what the same house offers together, and how many are of that sort
    (("full-service", "shop", "live-room", "short-video", "paid-ads"), 5),
    (("live-room", "short-video", "hosts", "paid-ads"), 8),
    (("short-video", "account", "product-content", "live-room"), 5),
    (("paid-ads", "live-room", "data"), 4),
    (("shop", "onboarding", "customer-service", "product-content"), 3),
    (("creator-distribution", "sourcing", "live-room"), 3),
    (("sourcing", "logistics", "customer-service"), 1),
    (("training", "hosts", "studio", "live-room"), 1),
    (("finance-legal", "compliance", "onboarding"), 1),
)
SERVED = {  # which parts of a business a service is for
    "full-service": (FactPart.FIELD, FactPart.CAMPAIGN),
    "live-room": (FactPart.FIELD,),
    "hosts": (FactPart.FIELD,),
    "paid-ads": (FactPart.FIELD, FactPart.CAMPAIGN),
    "creator-distribution": (FactPart.ALLIANCE, FactPart.TOP),
    "short-video": (FactPart.ALLIANCE,),
    "account": (FactPart.ALLIANCE,),
    "sourcing": (FactPart.ALLIANCE,),
}
LEVELS = 6


@dataclass(frozen=True, slots=True)
class Portrait:
    """`size` has a heavy tail: 1 for the smallest, a few thousand for the largest of ten thousand.
    `level`: 1 to 6, by size."""

    kind: PartyKind
    number: int
    owner: str
    main: Category
    city: City
    size: float
    level: int
    fields: PartyFields
    provider: ProviderFields | None
    registered_at: datetime
    submitted_at: datetime
    verified_at: datetime
    edited_at: datetime | None


def draw(world: World, kind: PartyKind, number: int) -> Portrait:
    """Party `number` (from 1) of a kind."""
    random = Random(f"{kind}:{number}")
    [code] = random.choices(list(BUSY), weights=list(BUSY.values()))
    main = world.categories[code]
    city = world.choose_city(random, kind, code)
    owner = human_name(random)
    registered_at = _first_day(world, random)
    size = random.paretovariate(1.05)
    level = min(LEVELS, int(size).bit_length())
    name = party_name(kind, number, code)
    fields = _fields(random, world, kind, number, name, owner, main, city, level)
    submitted_at = registered_at + timedelta(minutes=random.randint(4, 90))
    verified_at = submitted_at + timedelta(days=random.randint(0, 2), minutes=95)
    return Portrait(
        kind=kind,
        number=number,
        owner=owner,
        main=main,
        city=city,
        size=size,
        level=level,
        fields=fields,
        provider=offer_of(random, world, city, level) if kind == PartyKind.PROVIDER else None,
        registered_at=registered_at,
        submitted_at=submitted_at,
        verified_at=verified_at,
        edited_at=_last_edit(world, random, verified_at),
    )


def _first_day(world: World, random: Random) -> datetime:
    """More of them every year; none in the last days, so that all are verified by now."""
    days = (world.today - OPENED).days - 6
    return at_work(OPENED + timedelta(days=int(days * random.random() ** GROWTH)), random)


def _last_edit(world: World, random: Random, verified_at: datetime) -> datetime | None:
    """Most keep their profile fresh; some have not looked at it for long, or never."""
    edited_at = world.ago(1 + int(random.expovariate(1 / 60)), random)
    return edited_at if edited_at > verified_at else None


def _fields(
    random: Random,
    world: World,
    kind: PartyKind,
    number: int,
    name: str,
    owner: str,
    main: Category,
    city: City,
    level: int,
) -> PartyFields:
    legal_name, code = _registered(random, kind, number, name, owner, city)
    return PartyFields(
        name=name,
        legal_name=legal_name,
        uscc=code,
        city_id=city.pk,
        contact_name=owner if random.random() < 0.6 else human_name(random),
        contact_phone=mobile_phone(random),
        intro=intros.introduction(random, kind, city.name_zh, main.name_zh, level),
        shares=shares_of(random, world.categories, kind, main),
    )


FORMS = {
    PartyKind.MERCHANT: ("有限公司", "商贸有限公司", "电子商务有限公司", "科技有限公司"),
    PartyKind.PROVIDER: ("科技有限公司", "网络科技有限公司", "电子商务有限公司"),
    PartyKind.AGENCY: ("传媒有限公司", "传播有限公司", "有限公司"),
}


def _registered(
    random: Random, kind: PartyKind, number: int, name: str, owner: str, city: City
) -> tuple[str, str]:
    """The registered name and code. Creators of the demo are persons; a tenth of the merchants
    trade under a person's own licence."""
    if kind == PartyKind.CREATOR:
        return owner, ""
    area = area_of(city)
    if kind == PartyKind.MERCHANT and random.random() < 0.1:
        return f"{city.name_zh}市{name}商行", code_of(SOLE_TRADER, area, number)
    form = random.choice(_forms_beside(kind, name))
    return f"{city.name_zh}{name}{form}", code_of(COMPANY, area, number)


def _forms_beside(kind: PartyKind, name: str) -> list[str]:
    """Those that do not say the name's last word again, nor its sister: 电商 电子商务."""
    return [form for form in FORMS[kind] if form[0] not in name[-2:]]


def shares_of(
    random: Random, categories: Mapping[str, Category], kind: PartyKind, main: Category
) -> dict[int, int]:
    """Most of the business in the main category, the rest in what goes with it."""
    weights = SIDES[kind]
    [count] = random.choices(range(len(weights)), weights=weights)
    beside = [code for code in BESIDE[main.code] if code in categories]
    chosen = random.sample(beside, k=min(count, len(beside)))
    side = {categories[code].pk: random.choice((5, 8, 10, 12, 15, 20)) for code in chosen}
    return {main.pk: 100 - sum(side.values()), **side}


def offer_of(random: Random, world: World, city: City, level: int) -> ProviderFields:
    """A house's services, and a fee by the dearest of them and by its level."""
    [team] = random.choices([team for team, _of in TEAMS], weights=[of for _team, of in TEAMS])
    codes = team[: random.randint(2, len(team))]
    base = max(PRICES[code] for code in codes) * (0.7 + 0.35 * level) * random.uniform(0.85, 1.2)
    low = round(base / 500) * 500
    high = low + max(1, round(low * random.uniform(0.4, 1.5) / 1_000)) * 1_000
    others = random.sample(world.cities, k=random.choice((0, 0, 1, 1, 2, 3)))
    own = Random(f"capacity:{city.pk}:{low}:{high}")  # draws nothing of what comes after
    capacity = None if own.random() < 0.15 else own.randint(1, 2 + 2 * level)
    return ProviderFields(
        service_ids=[world.services[code].pk for code in codes],
        city_ids=sorted({city.pk, *(other.pk for other in others)}),
        works_remotely=random.random() < 0.65,
        price_low_fen=low * 100,
        price_high_fen=high * 100,
        fact_parts=FactPart.in_order(part for code in codes for part in SERVED.get(code, ())),
        capacity=capacity,
        busy_elsewhere=own.randint(0, capacity) if capacity else 0,
    )
