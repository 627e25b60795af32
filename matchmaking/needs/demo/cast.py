"""What the people of the guide work on: needs, packages, a negotiation and messages, in every
state, made through the services by the parties' own people."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.db import transaction

from matchmaking.cooperation.fields import DutyFields, TemplateFields
from matchmaking.cooperation.services import create_template
from matchmaking.needs import services
from matchmaking.needs.demo.words import need_words, proposal_words
from matchmaking.needs.fields import CallFields, FreeSpan, NeedFields, ServiceOfferFields
from matchmaking.needs.models import Need, Proposal, ServiceOffer
from matchmaking.needs.ranking import CandidateList
from matchmaking.needs.services.offers import terms_of
from matchmaking.needs.states import LossReason, ProposalStatus, ReportReason
from portal.core import clock, outbox
from portal.parties.demo import World, acting, cast_party, party_of
from portal.parties.models import Party
from portal.parties.states import PartyKind

PACKAGES = (  # title, scope, service, fen a month, share, months
    (
        "基础自播包",
        "每周开播 5 场，每场 4 小时；主播、脚本与复盘由我们提供。",
        "live-room",
        1_800_000,
        200,
        3,
    ),
    (
        "短视频月包",
        "每月拍摄剪辑 30 条，含脚本与封面；样品由商家寄送。",
        "short-video",
        900_000,
        0,
        1,
    ),
    (
        "大促投流托管",
        "活动前一周至结束的计划搭建与盯盘；投放预算由商家充值。",
        "paid-ads",
        0,
        450,
        1,
    ),
)

ASKED: dict[str, dict[str, Any]] = {
    "agency": {
        "roster_least": 1,
        "creators_wanted": 5,
        "creator_level": "junior",
        "price_form": "ladder",
        "share_low_bp": 500,
        "share_high_bp": 1_500,
    },
    "creator": {
        "followers_least": 10_000,
        "goods_low_fen": 2_000,
        "goods_high_fen": 19_900,
        "lives_wanted": 2,
        "videos_wanted": 6,
        "gives_samples": True,
        "price_form": "guarantee",
        "share_low_bp": 500,
        "share_high_bp": 2_000,
    },
}
TERMS = TemplateFields(  # the guide's merchant keeps these for its next cooperation
    name="我们的自播条款",
    scope="样品寄回由我们负责；直播间账号与数据归我们所有。",
    service_level="工作时间内 2 小时回复；每周一交上周复盘。",
    notice_days=30,
    payment_day=10,
    duties=(
        DutyFields("寄出首批样品", "merchant", 3),
        DutyFields("交首月排期与脚本", "provider", 5),
    ),
)


@transaction.atomic
def make_cast_need(world: World) -> None:
    """One need with proposals to compare and a negotiation, drafts, an order, a need for one party
    alone, needs for agencies and creators; and what its provider was asked by somebody else."""
    merchant, star = cast_party(PartyKind.MERCHANT), cast_party(PartyKind.PROVIDER)
    random = Random("cast-need")
    with outbox.born_delivered():
        with clock.standing_at(world.ago(5, random)):
            need = _publish(world, merchant, "live-room", random)
            others = [p for p in _candidates(need, 6) if p.pk != star.pk][:5]
            _invite_and_answer(need, random, [star, *others], answers=3)
            packages = [_package(world, star, *row) for row in PACKAGES]
        with clock.standing_at(world.ago(3, random)):
            _talk(need, merchant, star)
            _arrange(need, star)
        with clock.standing_at(world.ago(1, random)):
            _other_needs(world, merchant, star, packages, random)
            _free_days(world)
            _unfinished(star)


def _unfinished(star: Party) -> None:
    """An answer to an invitation that its people began to write."""
    asked = Proposal.objects.filter(provider=star, status=ProposalStatus.INVITED)
    for proposal in asked.select_related("need__merchant").order_by("pk")[:1]:
        values = {"plan": ["先用一周做账户诊断，再按活动节点搭计划。"], "monthly_fee": ["28000"]}
        services.ANSWERING.keep(acting(star), values=values, subject=proposal.need)


def _free_days(world: World) -> None:
    """The creator of the guide has time in two stretches."""
    today = world.today
    spans = [
        FreeSpan(today + timedelta(days=first), today + timedelta(days=last))
        for first, last in ((7, 16), (32, 75))
    ]
    services.set_free_days(acting(cast_party(PartyKind.CREATOR)), spans=spans)


def _talk(need: Need, merchant: Party, star: Party) -> None:
    """They write to each other and come closer."""
    proposal = need.proposals.get(provider=star)
    buyer, seller = acting(merchant), acting(star)
    services.send_message(buyer, proposal=proposal, text="样品下周一能寄到吗？主播试播安排在哪天？")
    services.send_message(
        seller,
        proposal=proposal,
        text="周三前到就可以，周四试播两小时，也可以打 13800001111 联系。",
    )
    services.read_messages(buyer, proposal=proposal)
    lower = replace(
        terms_of(proposal), monthly_fee_fen=3_000_000, note="签半年的话，固定费能否到三万？"
    )
    services.counter_offer(buyer, proposal=proposal, fields=lower)


def _arrange(need: Need, star: Party) -> None:
    """With two others it comes to a booked call, and to a question for the contact."""
    answered = need.proposals.answerable().exclude(provider=star).select_related("provider")
    buyer = acting(need.merchant)
    for number, row in enumerate(answered.order_by("pk")[:2]):
        proposal = services.shortlist_proposal(buyer, proposal=row)
        bidder = acting(row.provider)
        if number == 1:
            services.propose_contacts(bidder, proposal=proposal, note="想把排期表发给您看看。")
            continue
        times = [_morning(days) for days in (6, 7, 8)]
        fields = CallFields(times, link="https://meeting.example.com/trilink-demo")
        talk = services.propose_call(buyer, proposal=proposal, fields=fields)
        services.agree_talk(bidder, talk=talk, at=times[1])


def _morning(days: int) -> datetime:
    """Ten in the morning, so many days on."""
    ahead = (clock.now() + timedelta(days=days)).astimezone(clock.SHANGHAI)
    return ahead.replace(hour=10, minute=0, second=0, microsecond=0)


def _other_needs(
    world: World, merchant: Party, star: Party, packages: list[ServiceOffer], random: Random
) -> None:
    buyer = acting(merchant)
    services.create_need(buyer, fields=_words(world, merchant, "short-video", random))
    services.DRAFTING.keep(buyer, values={"title": ["大促投流托管"], "budget_low": ["10000"]})
    services.save_template(
        buyer, need=Need.objects.owned_by(buyer).order_by("pk")[0], name="自播间代运营"
    )
    create_template(buyer, fields=TERMS)
    services.order_service_offer(buyer, offer=packages[1], note="先拍五个新品，样品已备好。")
    alone = replace(_words(world, merchant, "paid-ads", random), only_for_id=star.pk)
    services.publish_need(buyer, need=services.create_need(buyer, fields=alone))
    for kind, title in (("agency", "达人矩阵分销合作"), ("creator", "新品专场直播合作")):
        wanted = _words(world, merchant, "creator-distribution", random)
        fields = replace(
            wanted, seeks=kind, title=title, service_ids=[], city_id=None, **ASKED[kind]
        )
        need = services.publish_need(buyer, need=services.create_need(buyer, fields=fields))
        if kind == PartyKind.CREATOR:
            _invite_and_answer(need, random, _candidates(need, 4), answers=2)
    _asked_by_others(world, star, random)


def _asked_by_others(world: World, star: Party, random: Random) -> None:
    """An invitation of somebody else, and a conversation that ended badly."""
    asking = party_of(PartyKind.MERCHANT, 1)
    need = _publish(world, asking, "live-room", random)
    services.invite_provider(acting(asking), need=need, provider=star)
    bad = _publish(world, asking, "shop", random)
    invited = services.invite_provider(acting(asking), need=bad, provider=star)
    said = services.send_message(acting(asking), proposal=invited, text="能不能先帮忙冲一波单量？")
    services.report_message(acting(star), message=said, reason=ReportReason.FRAUD)
    services.withdraw_proposal(acting(star), proposal=invited, reason=LossReason.MISMATCH)


def _package(
    world: World,
    star: Party,
    title: str,
    scope: str,
    service: str,
    fee: int,
    share: int,
    months: int,
) -> ServiceOffer:
    fields = ServiceOfferFields(
        title=title,
        scope=scope,
        service_ids=[world.services[service].pk],
        monthly_fee_fen=fee,
        share_bp=share,
        term_months=months,
        lead_days=7,
        answer_hours=18,
        most_open=5,
        service_level="工作日两小时内回复；每周一交上周复盘；主播缺勤当天换人。",
    )
    offer = services.create_service_offer(acting(star), fields=fields)
    return services.show_service_offer(acting(star), offer=offer)


def _publish(world: World, merchant: Party, service: str, random: Random) -> Need:
    actor = acting(merchant)
    need = services.create_need(actor, fields=_words(world, merchant, service, random))
    return services.publish_need(actor, need=need)


def _words(world: World, merchant: Party, service: str, random: Random) -> NeedFields:
    main = merchant.category_shares.select_related("category").order_by("-share")[0].category
    return need_words(world, main, merchant.city_id, service, random)


def _candidates(need: Need, count: int) -> list[Party]:
    """The first candidates of the need's own order who were there by now."""
    found = (c.provider for c in CandidateList(need).slice(0, 3 * count))
    now = clock.now()
    return [p for p in found if p.verified_at and p.verified_at < now][:count]


def _invite_and_answer(need: Need, random: Random, providers: list[Party], *, answers: int) -> None:
    """Invite them at once; they answer one after the other."""
    for provider in providers:
        services.invite_provider(acting(need.merchant), need=need, provider=provider)
    moment, fields = clock.now(), _fields_of(need)
    for provider in providers[:answers]:
        moment += timedelta(minutes=random.randint(20, 200))
        with clock.standing_at(moment):
            offer = proposal_words(fields, getattr(provider, "profile", None), random)
            services.submit_proposal(acting(provider), need=need, fields=offer)


def _fields_of(need: Need) -> NeedFields:
    return NeedFields(
        title=need.title,
        brief=need.brief,
        seeks=need.seeks,
        price_form=need.price_form,
        service_ids=[],
        category_ids=[],
        city_id=need.city_id,
        accepts_remote=need.accepts_remote,
        budget_low_fen=need.budget_low_fen,
        budget_high_fen=need.budget_high_fen,
        gmv_target_fen=need.gmv_target_fen,
        starts_on=need.starts_on,
        term_months=need.term_months,
        closes_on=need.closes_on,
    )
