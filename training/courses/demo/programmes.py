"""Programmes: a cold start, the academy of creators, paths of a role, industry belts, and the own
path of the provider of the guide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from portal.core import clock, outbox
from portal.parties.demo import DEMO, World, cast_party
from portal.parties.models import Belt
from portal.parties.states import PartyKind
from training.courses import services
from training.courses.fields import ProgrammeFields
from training.courses.models import Course
from training.courses.states import ProgrammeKind

WRITTEN = 400  # days ago


@dataclass(frozen=True, slots=True)
class _Told:
    """`courses`: by their codes; a trailing question mark: one may leave it out."""

    code: str
    kind: ProgrammeKind
    title_zh: str
    title_en: str
    summary_zh: str
    summary_en: str
    audience: tuple[str, ...]
    courses: str
    belt: str = ""


MERCHANT, PROVIDER = PartyKind.MERCHANT.value, PartyKind.PROVIDER.value
AGENCY, CREATOR = PartyKind.AGENCY.value, PartyKind.CREATOR.value
TOLD = (
    _Told(
        "merchant-cold-start",
        ProgrammeKind.COLD_START,
        "商家冷启动三十天",
        "A merchant's first thirty days",
        "从入驻、上架到第一场稳定的直播，按顺序学六门课，每一门都对应冷启动期要交出的一件东西。",
        "From onboarding to the first steady live session: six courses in order, each for one "
        "thing that has to stand in this time.",
        (MERCHANT, PROVIDER),
        "onboarding-kyc product-page first-30-days forbidden-words after-sales-basics "
        "live-room-script?",
    ),
    _Told(
        "creator-academy",
        ProgrammeKind.ACADEMY,
        "达人学院：四条成长线",
        "Creator academy: four lines of growth",
        "开播、带货粉丝、价值提升、流量效率四条线，先走完开播，再选自己最短的一条。",
        "Going live, shopping followers, value, efficient traffic: first go live, then the line "
        "you are weakest in.",
        (CREATOR, AGENCY),
        "creator-go-live creator-followers creator-value creator-traffic creator-compliance "
        "creator-money?",
    ),
    _Told(
        "provider-basics",
        ProgrammeKind.ROLE,
        "服务商基本功",
        "What every provider knows",
        "接线索、写方案、定目标、对账、留证据。评估里最常见的短板，都从这几门课开始补。",
        "Leads, proposals, targets, statements, evidence: where the commonest weak boards of the "
        "rating begin to mend.",
        (PROVIDER,),
        "lead-response proposal-writing targets-and-review statement-reading rating-five "
        "staff-development?",
    ),
    _Told(
        "agency-incubation",
        ProgrammeKind.ROLE,
        "机构孵化实务",
        "How agencies build creators",
        "从签约、定位到按期交付，机构把新达人带到稳定开播的做法。",
        "From signing and positioning to delivery on time: bringing a new creator to steady "
        "sessions.",
        (AGENCY,),
        "agency-incubation agency-contracts sample-management agency-delivery",
    ),
    _Told(
        "belt-yiwu",
        ProgrammeKind.BELT,
        "义乌小商品：从货源到直播间",
        "Yiwu small goods: from the source to the live room",
        "小单价、多款式的货怎么选、怎么组、怎么播，义乌产业带的商家和服务商一起学。",
        "Cheap goods in many kinds: how to choose, bundle and present them; for merchants and "
        "providers of the belt.",
        (MERCHANT, PROVIDER),
        "belt-yiwu selection-basics live-room-script logistics-basics?",
        "yiwu-small-goods",
    ),
    _Told(
        "belt-haining",
        ProgrammeKind.BELT,
        "海宁皮革：旺季备战",
        "Haining leather: ready for the season",
        "季节性强、客单高、退货多，旺季前六十天按周准备。",
        "A short season, high prices, many returns: week by week through the sixty days before.",
        (MERCHANT, PROVIDER),
        "belt-haining return-rate product-page ads-basics?",
        "haining-leather",
    ),
)
OWN = _Told(
    "yunfan-own-path",
    ProgrammeKind.CUSTOM,
    "云帆电商：补人才与提升两块短板",
    "Yunfan: mending talent and improvement",
    "按云帆上一期评估里最弱的指标排的课：先学带人，再学把计划按期做完。",
    "Ordered by the weakest indicators of the last rating: first leading people, then closing "
    "what was planned.",
    (PROVIDER,),
    "staff-development plan-closing rating-five",
)


@transaction.atomic
def make_programmes(world: World) -> None:
    with outbox.born_delivered(), clock.standing_at(world.dawn - timedelta(days=WRITTEN)):
        for told in TOLD:
            _make(told)
    with outbox.born_delivered(), clock.standing_at(world.dawn - timedelta(days=40)):
        _make(OWN, party_id=cast_party(PartyKind.PROVIDER).pk)


def _make(told: _Told, party_id: int | None = None) -> None:
    wanted = [(code.removesuffix("?"), not code.endswith("?")) for code in told.courses.split()]
    keys = dict(Course.objects.values_list("code", "pk"))
    fields = ProgrammeFields(
        code=told.code,
        kind=told.kind,
        title_zh=told.title_zh,
        title_en=told.title_en,
        summary_zh=told.summary_zh,
        summary_en=told.summary_en,
        audience=told.audience,
        courses=[(keys[code], required) for code, required in wanted],
        belt_id=Belt.objects.get(code=told.belt).pk if told.belt else None,
        party_id=party_id,
    )
    programme = services.create_programme(DEMO, fields=fields)
    services.publish_programme(DEMO, programme=programme)
