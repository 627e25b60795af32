"""The people of the guide, and the parties they speak for: made one by one, through the services
that everybody uses."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from random import Random

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import transaction

from portal.core import clock, outbox
from portal.core.actor import Actor
from portal.parties import services, staff
from portal.parties.demo.codes import COMPANY, HOMES, code_of, person_of
from portal.parties.demo.people import mobile_phone
from portal.parties.demo.places import area_of
from portal.parties.demo.world import DEMO, World
from portal.parties.fields import PartyFields, ProviderFields, RealNameFields
from portal.parties.models import Category, City, Party, User
from portal.parties.profile_states import FactPart
from portal.parties.states import PartyKind
from portal.policies.services import give_first_consents

CAST = {
    PartyKind.MERCHANT: ("merchant", "顾雨", "谷雨粒食品", "上海", "food"),
    PartyKind.PROVIDER: ("provider", "陆云帆", "云帆电商", "杭州", "food"),
    PartyKind.AGENCY: ("agency", "陈星", "星野文化", "成都", "food"),
    PartyKind.CREATOR: ("creator", "林小满", "小满的厨房", "成都", "food"),
}
INTROS = {
    PartyKind.MERCHANT: "谷雨粒在上海做食品饮料，自有供应链，小店稳定经营，正在扩大直播间。",
    PartyKind.PROVIDER: "云帆是杭州的电商服务团队，长期服务食品饮料商家，按月复盘。",
    PartyKind.AGENCY: "星野在成都签约并孵化食品饮料方向的达人，选品与履约都有专人跟进。",
    PartyKind.CREATOR: "小满常驻成都，内容以食品饮料为主，只推荐自己用过的东西。",
}
EVALUATOR = "evaluator"
FINANCE = (("finance", "钱会计", "finance maker"), ("checker", "孙复核", "finance checker"))
REGISTERED_DAYS_AGO, EDITED_DAYS_AGO = 700, 5
CREATOR_BORN = date(2005, 9, 9)  # nobody of the crowd is as young
OWN_NUMBER = 7_000_003  # far from those of the crowd


@transaction.atomic
def make_operator(password: str) -> None:
    """The demo's operator: every group's work, everywhere."""
    person = make_person("operator", "秦运营", password)
    staff.grant_staff(DEMO, person=person, groups=list(Group.objects.filter(name="operator")))


@transaction.atomic
def make_evaluator(password: str) -> None:
    """Her colleague of the evaluation: what takes two people takes both."""
    person = make_person(EVALUATOR, "严评审", password)
    staff.grant_staff(DEMO, person=person, groups=list(Group.objects.filter(name="evaluation")))


@transaction.atomic
def make_finance(password: str) -> None:
    """Who keeps the books: one prepares, the other checks."""
    for login, name, group in FINANCE:
        person = make_person(login, name, password)
        staff.grant_staff(DEMO, person=person, groups=list(Group.objects.filter(name=group)))


@transaction.atomic
def make_cast_party(world: World, kind: PartyKind, password: str) -> Party:
    """The party of a demo login."""
    login, name, party_name, city_name, category = CAST[kind]
    random = Random(f"cast:{kind}")
    city = world.city(city_name)
    fields = _fields(random, world, kind, party_name, name, city, world.categories[category])
    offer = _offer(world) if kind == PartyKind.PROVIDER else None
    start = world.ago(REGISTERED_DAYS_AGO, random)
    with outbox.born_delivered():
        with clock.standing_at(start):
            owner = make_person(login, name, password)
            party = services.register_party(
                DEMO, kind=kind, fields=fields, provider=offer, owner=owner
            )
            if kind == PartyKind.CREATOR:
                number = person_of(HOMES[0], CREATOR_BORN, 1)
                said = RealNameFields(name, number, consents=True)
                services.give_real_name(acting(party), party=party, fields=said)
            services.attest_documents(DEMO, party=party, where="demo")
            services.submit_party(DEMO, party=party)
        with clock.standing_at(start + timedelta(days=1)):
            party = services.approve_party(DEMO, party=party)
        with clock.standing_at(world.ago(EDITED_DAYS_AGO, random)):
            return services.update_party(DEMO, party=party, fields=fields, provider=offer)


def cast_party(kind: PartyKind) -> Party:
    """The party of a demo login, once it is made."""
    return Party.objects.get(kind=kind, membership__user=demo_user(CAST[kind][0]))


def demo_user(login: str) -> User:
    return User.objects.get(email=f"{login}@{settings.DEMO_DOMAIN}")


def acting(party: Party) -> Actor:
    """The party's owner, acting in the demo."""
    membership = party.membership_set.select_related("user").get(role="owner")
    return Actor(user=membership.user, party=party, role="owner", via="demo")


def make_person(login: str, name: str, password: str) -> User:
    email = f"{login}@{settings.DEMO_DOMAIN}"
    if found := User.objects.filter(email=email).first():
        return found
    person = User.objects.create_user(email, name=name)
    person.password = _hashed(password)
    person.save(update_fields=["password"])
    give_first_consents(DEMO, user_ids=[person.pk])
    return person


@cache
def _hashed(password: str) -> str:
    """Once: it is the same for all of them, and known to everybody."""
    return make_password(password)


def _fields(
    random: Random,
    world: World,
    kind: PartyKind,
    name: str,
    owner: str,
    city: City,
    main: Category,
) -> PartyFields:
    is_person = kind == PartyKind.CREATOR
    return PartyFields(
        name=name,
        legal_name=owner if is_person else f"{city.name_zh}{name}有限公司",
        uscc="" if is_person else code_of(COMPANY, area_of(city), OWN_NUMBER),
        city_id=city.pk,
        contact_name=owner,
        contact_phone=mobile_phone(random),
        intro=INTROS[kind],
        shares={main.pk: 80, world.categories["fresh"].pk: 20},
    )


def _offer(world: World) -> ProviderFields:
    return ProviderFields(
        service_ids=[world.services[code].pk for code in ("live-room", "short-video", "paid-ads")],
        city_ids=sorted(world.city(name).pk for name in ("杭州", "上海")),
        works_remotely=True,
        price_low_fen=2_600_000,
        price_high_fen=5_000_000,
        fact_parts=[FactPart.FIELD, FactPart.CAMPAIGN],
        capacity=8,
        busy_elsewhere=3,
    )
