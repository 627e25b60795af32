"""The demo's people and parties, made through the services like everybody's.

Every party comes from its own random stream, named by kind and number, so that a resumed load
makes the same world as one that never stopped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from stdnum.cn import uscc

from portal.core import clock, outbox
from portal.core.actor import Actor, system_actor
from portal.parties import services, staff
from portal.parties.fields import PartyFields, ProviderFields
from portal.parties.models import Category, City, Party, ServiceType, User
from portal.parties.states import PartyKind

DEMO = system_actor("demo")

# The five people of the guide, and the parties they speak for.
CAST = {
    PartyKind.MERCHANT: ("merchant", "顾雨", "谷雨粒食品", "上海", "food"),
    PartyKind.PROVIDER: ("provider", "陆云帆", "云帆电商", "杭州", "food"),
    PartyKind.AGENCY: ("agency", "陈星", "星野文化", "成都", "food"),
    PartyKind.CREATOR: ("creator", "林小满", "小满的厨房", "成都", "food"),
}
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "子涵 雨桐 浩然 思远 欣怡 嘉宁 明轩 若彤 俊杰 梓萱 文博 静怡 志强 晓峰 建国".split()
STEMS = (
    "云岭 青禾 谷雨 山野 拾光 南风 半夏 北斗 木槿 星河 海盐 白鹿 松果 晨露 麦田 清川 知夏 朴素 "
    "小满 长风 橙意 栖木 沐白 远山 禾木 竹里 暖阳 青柚 鹿鸣 云帆 初见 归园 安然 向晚 墨染 花汐"
).split()
MERCHANT_WORDS = {
    "home": "家居 生活 日用",
    "beauty": "美妆 个护 护肤",
    "food": "食品 零食 茶饮",
    "apparel": "服饰 女装 内衣",
    "shoes-bags": "鞋业 箱包 配饰",
    "fresh": "鲜果 农场 果蔬",
    "baby": "母婴 童品 玩具",
    "digital": "数码 电器 智能",
    "sports": "运动 户外 骑行",
    "pets": "宠物 宠食 萌宠",
    "health": "健康 保健 药业",
    "auto": "汽配 车品 摩配",
    "books": "图书 文化 音像",
    "gifts": "礼品 文创 手作",
}
PROVIDER_WORDS = "电商 直播 新媒 内容 互动 品牌 传播 运营 数科 网络".split()
AGENCY_WORDS = "文化 传媒 互娱 工坊 影视".split()
CREATOR_WORDS = "的厨房 好物 生活记 小铺 日记 严选 开箱 说".split()
BUSY = (10, 14, 16, 14, 6, 8, 8, 6, 4, 3, 2, 2, 3, 3)  # how busy each category is, in order
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@dataclass(frozen=True, slots=True)
class World:
    """Reference data by code, read once a load."""

    categories: dict[str, Category]
    cities: Sequence[City]
    services: dict[str, ServiceType]

    def city(self, name: str) -> City:
        return next(city for city in self.cities if city.name_zh == name)


def read_world() -> World:
    return World(
        categories={c.code: c for c in Category.objects.filter(parent=None)},
        cities=list(City.objects.all()),
        services={s.code: s for s in ServiceType.objects.all()},
    )


@transaction.atomic
def make_operator(password: str) -> None:
    """The demo's operator: every group's work, everywhere."""
    person = _person("operator", "秦运营", password)
    staff.grant_staff(DEMO, person=person, groups=list(Group.objects.filter(name="operator")))


@transaction.atomic
def make_cast_party(world: World, kind: PartyKind, password: str) -> Party:
    """The party of a demo login."""
    login, name, party_name, city, category = CAST[kind]
    random = Random(f"cast:{kind}")
    owner = _person(login, name, password)
    main = world.categories[category]
    fields = _fields(random, party_name, world.city(city), main, world, kind, owner.name)
    provider = None
    if kind == PartyKind.PROVIDER:
        codes = ("live-room", "short-video", "paid-ads")
        provider = _offer(random, world, codes, city_names=("杭州", "上海"), level=3)
    return _register(kind, fields, provider, owner, age_days=700, touched=695, random=random)


@transaction.atomic
def make_party(world: World, kind: PartyKind, number: int) -> Party:
    """One more party of a kind."""
    random = Random(f"{kind}:{number}")
    main = random.choices(list(world.categories.values()), weights=BUSY)[0]
    city = random.choices(world.cities, weights=[1 / (p + 3) for p in range(len(world.cities))])[0]
    owner = _person(f"{kind}-{number:05d}", _human(random), password=None)
    name = _name(random, kind, main, number)
    fields = _fields(random, name, city, main, world, kind, owner.name)
    provider = None
    if kind == PartyKind.PROVIDER:
        codes = random.sample(list(world.services), k=random.randint(2, 5))
        if random.random() < 0.55:  # live rooms are what most of them do
            codes = list(dict.fromkeys(["live-room", *codes]))
        nearby = [city.name_zh, random.choice(world.cities).name_zh]
        provider = _offer(random, world, codes, city_names=nearby, level=random.randint(1, 6))
    age = random.randint(20, 900)
    # Most keep their profile fresh; some have not looked at it for long.
    touched = age - min(age - 1, int(random.expovariate(1 / 60)))
    return _register(kind, fields, provider, owner, age_days=age, touched=touched, random=random)


def demo_user(login: str) -> User:
    return User.objects.get(email=f"{login}@{settings.DEMO_DOMAIN}")


def acting(party: Party) -> Actor:
    """The party's owner, acting in the demo."""
    membership = party.membership_set.select_related("user").get(role="owner")
    return Actor(user=membership.user, party=party, role="owner", via="demo")


def by_day(moment: datetime, random: Random) -> datetime:
    """The same day in Shanghai, at a time when people work."""
    local = moment.astimezone(clock.SHANGHAI)
    return local.replace(hour=random.randint(9, 18), minute=random.randint(0, 59))


def _register(
    kind: PartyKind,
    fields: PartyFields,
    provider: ProviderFields | None,
    owner: User,
    *,
    age_days: int,
    touched: int,
    random: Random,
) -> Party:
    """Registered `age_days` ago, reviewed within days, its profile last touched `touched` days
    after that."""
    start = by_day(clock.now() - timedelta(days=age_days), random)
    with outbox.born_delivered():
        with clock.standing_at(start):
            party = services.register_party(
                DEMO, kind=kind, fields=fields, provider=provider, owner=owner
            )
            services.submit_party(DEMO, party=party)
        with clock.standing_at(start + timedelta(days=random.randint(0, 2), minutes=90)):
            party = services.approve_party(DEMO, party=party)
        with clock.standing_at(start + timedelta(days=touched)):
            party = services.update_party(DEMO, party=party, fields=fields, provider=provider)
    return party


def _person(login: str, name: str, password: str | None) -> User:
    email = f"{login}@{settings.DEMO_DOMAIN}"
    found = User.objects.filter(email=email).first()
    return found or User.objects.create_user(email, password, name=name)


def _human(random: Random) -> str:
    return random.choice(SURNAMES) + random.choice(GIVEN)


def _name(random: Random, kind: PartyKind, main: Category, number: int) -> str:
    stem = STEMS[number % len(STEMS)]
    if kind == PartyKind.MERCHANT:
        return stem + random.choice(MERCHANT_WORDS[main.code].split())
    if kind == PartyKind.PROVIDER:
        return stem + random.choice(PROVIDER_WORDS)
    if kind == PartyKind.AGENCY:
        return stem + random.choice(AGENCY_WORDS)
    return stem + random.choice(CREATOR_WORDS)


def _fields(
    random: Random,
    name: str,
    city: City,
    main: Category,
    world: World,
    kind: PartyKind,
    contact: str,
) -> PartyFields:
    is_creator = kind == PartyKind.CREATOR
    return PartyFields(
        name=name,
        legal_name=contact if is_creator else f"{city.name_zh}{name}有限公司",
        uscc="" if is_creator else _code(random),
        city_id=city.pk,
        contact_name=contact,
        contact_phone=f"1{random.choice('3578')}{random.randrange(10**9):09d}",
        intro=INTROS[kind].format(name=name, city=city.name_zh, category=main.name_zh),
        shares=_shares(random, main, world),
    )


INTROS = {
    PartyKind.MERCHANT: "{name}在{city}做{category}，自有供应链，小店稳定经营，正在扩大直播间。",
    PartyKind.PROVIDER: "{name}是{city}的电商服务团队，长期服务{category}商家，按月复盘。",
    PartyKind.AGENCY: "{name}在{city}签约并孵化{category}方向的达人，选品与履约都有专人跟进。",
    PartyKind.CREATOR: "{name}常驻{city}，内容以{category}为主，只推荐自己用过的东西。",
}


def _shares(random: Random, main: Category, world: World) -> dict[int, int]:
    """Most of the business in the main category, the rest in up to two others."""
    others = [c for c in world.categories.values() if c.pk != main.pk]
    rest = random.sample(others, k=random.randint(0, 2))
    side = {category.pk: random.randint(5, 25) for category in rest}
    return {main.pk: 100 - sum(side.values()), **side}


def _offer(
    random: Random, world: World, codes: Sequence[str], *, city_names: Sequence[str], level: int
) -> ProviderFields:
    low = (5_000 + 6_000 * level + 1_000 * random.randint(0, 8)) * 100
    return ProviderFields(
        service_ids=[world.services[code].pk for code in codes],
        city_ids=sorted({world.city(name).pk for name in city_names}),
        works_remotely=random.random() < 0.6,
        price_low_fen=low,
        price_high_fen=low + (4_000 + 5_000 * random.randint(1, 8)) * 100,
    )


def _code(random: Random) -> str:
    """A unified social credit code with its right check digit."""
    area = random.choice(("310115", "330106", "440106", "510107", "410105", "320508"))
    body = f"91{area}MA" + "".join(random.choices(ALPHABET, k=7))
    return body + uscc.calc_check_digit(body)
