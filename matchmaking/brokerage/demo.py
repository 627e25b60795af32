"""The demo's represented creators, and introductions at every point of their way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from matchmaking.brokerage import rules, services
from matchmaking.brokerage.fields import IntroductionFields, Outcome
from matchmaking.brokerage.models import Introduction
from portal.core import clock, outbox
from portal.core.actor import OPERATOR, Actor
from portal.parties.demo import World, acting, cast_party, demo_user
from portal.parties.models import Party
from portal.parties.states import PartyKind

REPRESENTED = 12  # besides the creator of the guide


@dataclass(frozen=True, slots=True)
class Wish:
    """How far it went: the steps taken, in their order."""

    subject: str
    brief: str
    days_ago: int
    budget: int  # yuan
    steps: tuple[str, ...]
    kind: PartyKind = PartyKind.MERCHANT
    is_for_guide: bool = False  # to the creator of the guide


WISHES = (
    Wish(
        "年货节专场：谷物礼盒独家首发",
        "十二月中旬专场直播一场，礼盒独家首发价，备货三万份；样品可先寄。",
        150,
        300_000,
        ("take", "offer", "yes", "sign", "succeed"),
    ),
    Wish(
        "端午主题短视频三条",
        "三条各六十秒以内，成片投放权六个月。",
        120,
        80_000,
        ("take", "offer", "no"),
    ),
    Wish(
        "夏季轻食系列混场",
        "混场坑位两个，佣金百分之二十，另付坑位费。",
        90,
        60_000,
        ("take", "offer", "yes", "fail"),
    ),
    Wish(
        "代言人合作",
        "全年品牌代言，包含线下活动四场。",
        60,
        2_000_000,
        ("refuse",),
    ),
    Wish(
        "旗舰店周年庆专场",
        "周年庆当天四小时专场，保量三百万。",
        20,
        500_000,
        ("take", "offer", "yes", "sign"),
    ),
    Wish(
        "早餐场景系列种草",
        "每周两条，连续四周；脚本共创。",
        9,
        120_000,
        ("take", "offer", "yes"),
    ),
    Wish(
        "达人矩阵联动：母婴专场主播",
        "机构矩阵联动，需要一位头部达人压轴。",
        6,
        260_000,
        ("take", "offer"),
        PartyKind.AGENCY,
        is_for_guide=True,
    ),
    Wish(
        "新品试吃直播",
        "新品上市前一周试吃直播，样品十份。",
        4,
        50_000,
        ("take",),
    ),
    Wish(
        "双旦礼遇季合作",
        "圣诞到元旦两场混播，希望本周确认档期。",
        2,
        180_000,
        (),
    ),
)


@transaction.atomic
def make_introductions(world: World) -> None:
    operator = Actor(user=demo_user("operator"), party=None, role=OPERATOR, via="demo")
    with outbox.born_delivered():
        creators = _represent(world, operator)
        for number, wish in enumerate(WISHES):
            start = world.ago(wish.days_ago, Random(f"introduction:{number}"))
            creator = creators[0 if wish.is_for_guide else number % len(creators)]
            _tell(operator, creator, wish, start)


def _represent(world: World, operator: Actor) -> list[Party]:
    """The creator of the guide, and the first others by age."""
    own = cast_party(PartyKind.CREATOR)
    others = Party.objects.filter(kind=PartyKind.CREATOR).listed().exclude(pk=own.pk)
    creators = [own, *others.order_by("verified_at", "pk")[:REPRESENTED]]
    for number, creator in enumerate(creators):
        with clock.standing_at(world.ago(200, Random(f"represented:{number}"))):
            services.represent_creator(operator, creator=creator, note="经纪框架协议，电话确认")
    return creators


def _tell(operator: Actor, creator: Party, wish: Wish, start: datetime) -> None:
    asker = acting(cast_party(wish.kind))
    wanted = clock.day_of(start) + timedelta(days=21)
    fields = IntroductionFields(wish.subject, wish.brief, wish.budget * 100, wanted)
    if not rules.can_ask_introduction(asker, creator):
        return  # a very small world has too few creators for every wish
    with clock.standing_at(start):
        row = services.ask_introduction(asker, creator=creator, fields=fields)
    for number, step in enumerate(wish.steps, start=1):
        with clock.standing_at(start + timedelta(hours=5 * number)):
            row = STEPS[step](operator, row)


def _answer(agrees: bool, reason: str = "") -> Callable[[Actor, Introduction], Introduction]:
    def step(_operator: Actor, row: Introduction) -> Introduction:
        return services.answer_introduction(
            acting(row.creator), introduction=row, agrees=agrees, reason=reason
        )

    return step


def _sign(operator: Actor, row: Introduction) -> Introduction:
    paper = SimpleUploadedFile("contract.pdf", _paper(row), "application/pdf")
    day = clock.today()
    return services.sign_introduction(operator, introduction=row, contract=paper, signed_on=day)


def _paper(row: Introduction) -> bytes:
    """One page that says what it stands for."""
    words = f"Contract of introduction {row.public_id}, signed by both sides {clock.today()}"
    text = f"BT /F 11 Tf 72 770 Td ({words}) Tj ET".encode()
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources "
    font = b"<< /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        page + font,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\n"
    return out + end % (size, table, size) + b"startxref\n%d\n%%%%EOF\n" % len(out)


def _end(outcome: Outcome) -> Callable[[Actor, Introduction], Introduction]:
    return lambda operator, row: services.end_introduction(
        operator, introduction=row, outcome=outcome
    )


STEPS: dict[str, Callable[[Actor, Introduction], Introduction]] = {
    "take": lambda operator, row: services.take_introduction(operator, introduction=row),
    "offer": lambda operator, row: services.offer_introduction(operator, introduction=row),
    "yes": _answer(True),
    "no": _answer(False, "近期档期已满，三月以后再聊。"),
    "refuse": lambda operator, row: services.refuse_introduction(
        operator, introduction=row, reason="代言不在平台撮合的范围内。"
    ),
    "sign": _sign,
    "succeed": _end(Outcome(True, "专场按期完成，双方确认数据。", 412_360_000)),
    "fail": _end(Outcome(False, "双方对退货率的责任没有谈拢。")),
}
