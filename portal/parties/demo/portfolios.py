"""Who works for the demo's providers, and what they did for clients."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from PIL import Image

from portal.core import clock, outbox
from portal.parties import services
from portal.parties.demo.cast import acting, cast_party
from portal.parties.demo.people import human_name
from portal.parties.demo.portraits import Portrait
from portal.parties.demo.world import DEMO, World
from portal.parties.fields import CertificateFields, ClientCaseFields, StaffFields
from portal.parties.models import Party
from portal.parties.services import Portfolio, PortfolioCase
from portal.parties.states import PartyKind

TEAM = (1, 3, 6, 12, 24, 44, 70)  # people, by level
ROLES = (
    *("manager", "operations", "host", "host", "ads", "content", "host", "operations"),
    *("director", "content", "service", "data", "design", "ads", "host", "sourcing", "trainer"),
)
PAPERS = {
    "host": ("直播销售员（四级）", "人力资源和社会保障部门"),
    "ads": ("巨量引擎营销师", "巨量引擎"),
    "operations": ("电子商务师（三级）", "人力资源和社会保障部门"),
    "trainer": ("企业培训师", "行业协会"),
}
WORK = (
    "从零搭建自播间，三个月后日均开播八小时，按周复盘并公开数据。",
    "重做货盘与话术，投放只看结算净成交，退货率同期下降。",
    "短视频矩阵带动直播间进人，大促期间稳定承接，没有刷单。",
    "主播排班与培训重新梳理，转化与客单价都有提升。",
)
YUAN = 100
TITLES = ("{category}品牌自播起步", "{category}旗舰店大促承接", "{category}老店直播提效")


def portfolio_of(world: World, portrait: Portrait, party: Party) -> Portfolio:
    """A team by its level, and up to three cases; most of the larger claims were compared."""
    random = Random(f"portfolio:{portrait.number}")
    most = TEAM[min(portrait.level, len(TEAM) - 1)]
    people = random.randint(max(1, most // 2), most)
    number = random.choice((0, 0, 1, 1, 2, 3)) if portrait.level > 1 else random.choice((0, 0, 1))
    return Portfolio(
        party=party,
        staff=[_person(random, ROLES[place % len(ROLES)]) for place in range(people)],
        cases=list(_cases(random, world, portrait, number)),
        at=party.updated_at,
    )


def _person(random: Random, role: str) -> StaffFields:
    paper = PAPERS.get(role)
    has_paper = paper is not None and random.random() < 0.35
    return StaffFields(
        name=human_name(random),
        role=role,
        years=min(20, 1 + int(random.expovariate(0.35))),
        certificates=[CertificateFields(*paper)] if paper and has_paper else [],
    )


def _cases(
    random: Random, world: World, portrait: Portrait, number: int
) -> Iterator[PortfolioCase]:
    name = portrait.main.name_zh
    for place in range(number):
        ends_on = world.today - timedelta(days=random.randint(20, 420))
        gmv = round(portrait.size * random.uniform(80_000, 900_000), -4)
        fen = max(int(gmv), 50_000) * YUAN
        is_verified = random.random() < 0.45
        yield PortfolioCase(
            fields=ClientCaseFields(
                title=TITLES[place].format(category=name),
                client=f"{portrait.city.name_zh}某{name}商家",
                category_id=portrait.main.pk,
                starts_on=ends_on - timedelta(days=random.choice((60, 90, 180))),
                ends_on=ends_on,
                gmv_fen=fen,
                summary=random.choice(WORK),
            ),
            settled_fen=round(fen * random.uniform(1, 1.2)) if is_verified else None,
            basis=f"平台结算单 {ends_on:%Y-%m} 及之前" if is_verified else "",
        )


# --- the guide's provider, one service at a time --------------------------------------------------


@transaction.atomic
def make_cast_portfolio(world: World) -> None:
    """Its team, a case an operator confirmed, one that waits for it, and one it only claims."""
    party, random = cast_party(PartyKind.PROVIDER), Random("cast-portfolio")
    actor = acting(party)
    with outbox.born_delivered():
        with clock.standing_at(world.ago(300, random)):
            for role in ROLES[:9]:
                services.add_staff(actor, party=party, fields=_person(random, role))
        first = _cast_case(world.today - timedelta(days=60), world, "粮油品牌自播起步", 680_000_000)
        second = _cast_case(
            world.today - timedelta(days=20), world, "零食品牌大促承接", 1_250_000_000
        )
        with clock.standing_at(world.ago(15, random)):
            cases = [
                services.write_case(actor, party=party, fields=fields, evidence=[_statement()])
                for fields in (first, second)
            ]
            confirmed, _waiting = (services.ask_check(actor, case=case) for case in cases)
        with clock.standing_at(world.ago(12, random)):
            services.verify_case(
                DEMO, case=confirmed, settled_fen=702_345_600, basis="平台结算单，近三期"
            )
        with clock.standing_at(world.ago(2, random)):
            third = _cast_case(world.today - timedelta(days=9), world, "生鲜果蔬冷启动", 96_000_000)
            services.write_case(actor, party=party, fields=third)


def _cast_case(ends_on: date, world: World, title: str, fen: int) -> ClientCaseFields:
    return ClientCaseFields(
        title=title,
        client="上海某食品品牌",
        category_id=world.categories["food"].pk,
        starts_on=ends_on - timedelta(days=90),
        ends_on=ends_on,
        gmv_fen=fen,
        summary=WORK[0],
    )


def _statement() -> SimpleUploadedFile:
    """A page to look at, as a shop's settlement would be."""
    out = BytesIO()
    Image.new("RGB", (640, 400), (238, 243, 255)).save(out, "PNG")
    return SimpleUploadedFile("结算单.png", out.getvalue(), "image/png")
