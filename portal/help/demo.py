"""The demo's questions to the platform: waiting, answered, settled with stars."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from portal.core import clock, outbox
from portal.core.actor import OPERATOR, Actor
from portal.help import services
from portal.help.fields import Question
from portal.help.models import Ticket
from portal.help.states import Topic
from portal.parties.demo import World, acting, cast_party, demo_user
from portal.parties.states import PartyKind


@dataclass(frozen=True, slots=True)
class Asked:
    """With stars it was settled by the asker; without an answer it waits for an operator."""

    kind: PartyKind
    days_ago: int
    topic: Topic
    text: str
    answer: str = ""
    reply: str = ""
    stars: int = 0


M, P, A, C = PartyKind.MERCHANT, PartyKind.PROVIDER, PartyKind.AGENCY, PartyKind.CREATOR
TICKETS = (
    Asked(
        M,
        90,
        Topic.PARTY,
        "公司搬到了浦东，注册地址已变更，资料里怎么改？",
        "登记名称和代码没变的话，在主体资料里改城市即可，不需要重新认证。",
        "改好了，谢谢。",
        5,
    ),
    Asked(
        P,
        60,
        Topic.NEED,
        "方案提交之后能不能改报价？",
        "提交后不能修改。可以先撤回，撤回的原因商家会看到。",
        "明白了。",
        4,
    ),
    Asked(
        A,
        35,
        Topic.PARTY,
        "签约达人的邀请发出去很久没有回复，能延长吗？",
        "邀请三十天有效。到期后可以重新发一份，期间最多提醒三次。",
        "好的。",
        5,
    ),
    Asked(
        M,
        12,
        Topic.COOPERATION,
        "合作开始以后，对方换了主播，需要重新签吗？",
        "条款里写了团队的，请与服务商确认后在平台留下记录；目前条款还不能在线修订。",
    ),
    Asked(
        C,
        3,
        Topic.ACCOUNT,
        "换了手机号，登录要怎么改？",
        "请在账号页里先验证新手机号，再删除旧的。改完能登录吗？",
    ),
    Asked(P, 1, Topic.FAULT, "目录里筛选“佛山”之后，上一页的按钮有时不出现。"),
    Asked(A, 1, Topic.RULES, "达人合约里的分成比例，平台会审核吗？"),
)


@transaction.atomic
def make_tickets(world: World) -> None:
    operator = Actor(user=demo_user("operator"), party=None, role=OPERATOR, via="demo")
    with outbox.born_delivered():
        for number, asked in enumerate(TICKETS):
            _tell(operator, asked, world.ago(asked.days_ago, Random(f"ticket:{number}")))


def _tell(operator: Actor, asked: Asked, start: datetime) -> None:
    asker = acting(cast_party(asked.kind))
    question = Question(topic=asked.topic, text=asked.text, for_party=True)
    with clock.standing_at(start):
        ticket = services.ask_help(asker, question=question)
    if asked.answer:
        with clock.standing_at(start + timedelta(hours=3)):
            services.answer_ticket(operator, ticket=ticket, text=asked.answer)
    if asked.stars:
        with clock.standing_at(start + timedelta(hours=5)):
            _settle(asker, ticket, asked)


def _settle(asker: Actor, ticket: Ticket, asked: Asked) -> None:
    services.reply_ticket(asker, ticket=ticket, text=asked.reply)
    services.resolve_ticket(asker, ticket=ticket)
    services.rate_ticket(asker, ticket=ticket, stars=asked.stars)
