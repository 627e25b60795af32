"""The demo's rounds: one over, one open with applications in every state, one to come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from django.db import transaction

from portal.core import clock, outbox
from portal.core.actor import OPERATOR, Actor
from portal.help.services import answer_ticket, note_ticket
from portal.parties.demo import World, acting, cast_party, demo_user
from portal.parties.models import Party
from portal.parties.states import PartyKind, Role
from portal.recruitment import rules, services
from portal.recruitment.fields import ApplicationFields, RoundFields
from portal.recruitment.models import Application, Round


@dataclass(frozen=True, slots=True)
class Story:
    """A round that opens and closes so many days from today, and what becomes of applications."""

    title: str
    brief: str
    opens: int
    closes: int
    services: tuple[str, ...]
    categories: tuple[str, ...]
    share: int
    ends: tuple[str, ...] = ()
    with_cast: bool = False


STORIES = (
    Story(
        "美妆个护短视频服务商招募",
        "为美妆个护商家招募短视频制作与投流服务商，入选后由平台对接首批商家。",
        -120,
        -60,
        ("short-video", "paid-ads"),
        (),
        0,
        ("accepted", "accepted", "refused", "withdrawn", "accepted"),
    ),
    Story(
        "食品饮料直播代运营服务商招募",
        "面向食品饮料类目招募直播代运营服务商：有稳定主播团队，能按月复盘。尚未核验的服务商也可以报名，入选前完成核验。",
        -10,
        20,
        ("live-room", "shop", "short-video"),
        ("food", "fresh"),
        20,
        ("submitted", "talking", "accepted", "refused", "withdrawn", "submitted"),
        with_cast=True,
    ),
    Story(
        "产业带服务商招募",
        "为产业带商家招募入驻开店与商品内容服务商，下月开放报名。",
        15,
        45,
        ("onboarding", "product-content"),
        (),
        0,
    ),
)
QUESTIONS = ("做过哪些同类目的店铺或直播间？", "团队有多少人，怎么分工？")
PITCH = "我们长期服务同类目商家，主播、运营和投流都在自己团队里，按月复盘并公开数据。"
ANSWERS = ("近一年服务了六家同类目店铺，其中三家月销过百万。", "主播四人、运营三人、投流两人。")
REASONS = {
    "accepted": "类目经验和团队都符合，欢迎加入。",
    "refused": "团队规模与本轮商家的需求还有差距，欢迎下一轮再报名。",
}
WELCOME = "你好，我是你的对接人。材料收到了，本周内约一次电话，请留意消息。"
NOTE = "案例属实，等电话确认主播排期。"


@transaction.atomic
def make_rounds(world: World) -> None:
    operator = Actor(user=demo_user("operator"), party=None, role=OPERATOR, via="demo")
    with outbox.born_delivered():
        for story in STORIES:
            _live(world, operator, story, Random(f"round:{story.title}"))


def _live(world: World, operator: Actor, story: Story, random: Random) -> None:
    written = world.ago(max(5, 5 - story.opens), random)
    with clock.standing_at(written):
        round_ = services.create_round(operator, fields=_fields(world, story))
        round_ = services.publish_round(operator, round_=round_)
    opened = world.dawn + timedelta(days=story.opens)
    for place, (party, end) in enumerate(zip(_applicants(round_, story), story.ends, strict=False)):
        with clock.standing_at(opened + timedelta(days=1 + place, hours=9)):
            application = services.apply_to_round(
                acting(party), round_=round_, fields=ApplicationFields(PITCH, ANSWERS)
            )
        with clock.standing_at(opened + timedelta(days=2 + place, hours=11)):
            _go_on(operator, application, end)
    if story.closes < 0:
        with clock.standing_at(world.dawn + timedelta(days=story.closes)):
            services.close_round(operator, round_=round_)


def _go_on(operator: Actor, application: Application, end: str) -> None:
    if end == "withdrawn":
        services.withdraw_application(acting(application.party), application=application)
    elif end in {"talking", "accepted"}:
        answer_ticket(operator, ticket=application.ticket, text=WELCOME)
        note_ticket(operator, ticket=application.ticket, text=NOTE)
        services.talk_to_applicant(operator, application=application)
    if end == "accepted":
        services.accept_application(operator, application=application, reason=REASONS[end])
    elif end == "refused":
        services.refuse_application(operator, application=application, reason=REASONS[end])


def _applicants(round_: Round, story: Story) -> Iterator[Party]:
    """Who meets the conditions, in the order they came; the guide's provider is among them."""
    cast = cast_party(PartyKind.PROVIDER)
    if story.with_cast:
        yield cast
    owned = Party.objects.listed().filter(kind=PartyKind.PROVIDER, membership__role=Role.OWNER)
    listed = owned.exclude(pk=cast.pk)
    for party in listed.select_related("profile", "city").order_by("pk")[:60]:
        if all(condition.is_met for condition in rules.conditions_of(round_, party)):
            yield party


def _fields(world: World, story: Story) -> RoundFields:
    return RoundFields(
        title=story.title,
        brief=story.brief,
        opens_at=world.dawn + timedelta(days=story.opens),
        closes_at=world.dawn + timedelta(days=story.closes),
        service_ids=[world.services[code].pk for code in story.services],
        category_ids=[world.categories[code].pk for code in story.categories],
        least_share=story.share,
        places=10,
        questions=QUESTIONS,
    )
