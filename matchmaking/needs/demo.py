"""The demo's needs, from draft to award, made through the services by the parties' own people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from matchmaking.needs import services, states
from matchmaking.needs.fields import NeedFields, ProposalFields
from matchmaking.needs.models import Need, Proposal
from matchmaking.needs.ranking import CandidateList
from matchmaking.needs.rules import DECISION
from matchmaking.needs.states import NeedStatus
from portal.core import clock, outbox
from portal.parties.demo import (
    DEMO,
    World,
    acting,
    at_work,
    cast_party,
    draw,
    is_listed,
    party_of,
)
from portal.parties.models import Party
from portal.parties.states import PartyKind

WANTED = ("live-room", "short-video", "paid-ads", "shop", "creator-distribution", "full-service")
TITLES = {
    "live-room": "{category}自播间代运营",
    "short-video": "{category}短视频引流",
    "paid-ads": "{category}大促投流托管",
    "shop": "{category}小店日常运营",
    "creator-distribution": "{category}达人分销拓展",
    "full-service": "{category}品牌全案代运营",
}
BRIEF = (
    "店铺现状：主营{category}，月均支付订单 {orders} 单，退货率 {returns}%。\n"
    "希望做到：{months} 个月内{goal}，每周复盘一次。\n"
    "怎么评判：只看已结算净成交，不看下单额；{duty}。"
)
GOALS = {  # service → what should come of it, who brings what
    "live-room": ("把自播间做成稳定出单的渠道", "主播与脚本由服务商提供，样品由我们寄"),
    "short-video": (
        "让短视频每天带来稳定的进店访客",
        "拍摄与剪辑由服务商完成，样品与卖点由我们提供",
    ),
    "paid-ads": (
        "把投流的净投产比做到保本以上并逐月提高",
        "投放预算由我们充值，计划与素材由服务商负责",
    ),
    "shop": (
        "把店铺体验分与商品转化率都提上一个台阶",
        "商品、客服与活动报名由服务商打理，发货在我们",
    ),
    "creator-distribution": (
        "建起一批长期带货的达人",
        "建联、寄样与跟进由服务商负责，佣金由我们承担",
    ),
    "full-service": (
        "把店铺、短视频与直播整体跑顺",
        "日常运营由服务商负责，货盘与定价由我们确定",
    ),
}
PLAN = (
    "第 1 个月：梳理货盘与话术，搭建直播间，日播 {hours} 小时，先跑通转化。\n"
    "第 2–3 个月：固定主播与时段，短视频每天 {videos} 条引流，投流按净成交回本控制。\n"
    "之后：按周复盘，未达目标时调整货盘与时段；需要商家提供样品、库存接口与售后响应。"
)
HISTORY_DAYS = 360
FINISHED = {"awarded": 58, "expired": 14, "unchosen": 12, "cancelled": 16}  # of a hundred
ONGOING = {"open": 3, "invited": 4, "matched": 5, "shortlisted": 3, "draft": 1}
ONGOING_DAYS = 14  # a need this young has its end before it
FINISHED_DAYS = 45  # by then the longest wait for an answer and for a choice is over


@transaction.atomic
def make_cast_need(world: World) -> None:
    """What the guide's brand works on: one need with proposals to compare, one draft; and what its
    provider was asked by somebody else."""
    merchant, star = cast_party(PartyKind.MERCHANT), cast_party(PartyKind.PROVIDER)
    random = Random("cast-need")
    with outbox.born_delivered():
        with clock.standing_at(world.ago(5, random)):
            need = _publish(world, merchant, "live-room", random)
            others = [p for p in _candidates(need, 6) if p.pk != star.pk][:5]
            _invite_and_answer(need, random, [star, *others], answers=3)
        with clock.standing_at(world.ago(1, random)):
            fields = _fields(world, merchant, "short-video", random)
            services.create_need(acting(merchant), fields=fields)
            asking = party_of(PartyKind.MERCHANT, 1)
            other = _publish(world, asking, "live-room", random)
            services.invite_provider(acting(asking), need=other, provider=star)


@dataclass(frozen=True, slots=True)
class Story:
    """A need of the history: when it was written, and how far it has come."""

    number: int
    age: int
    stage: str


def stories(count: int) -> list[Story]:
    """The oldest first, as life has it; more of them lately."""
    return sorted(map(_story, range(count)), key=lambda s: (-s.age, s.number))


def _story(number: int) -> Story:
    random = Random(f"story:{number}")
    if random.random() < 0.1:
        [stage] = random.choices(list(ONGOING), weights=list(ONGOING.values()))
        return Story(number, random.randint(4, ONGOING_DAYS), stage)
    [stage] = random.choices(list(FINISHED), weights=list(FINISHED.values()))
    spread = HISTORY_DAYS - FINISHED_DAYS
    return Story(number, FINISHED_DAYS + int(spread * random.random() ** 1.3), stage)


@transaction.atomic
def make_need(world: World, story: Story, merchants: int) -> None:
    """One more need, of one of the first `merchants`, as far as its story goes."""
    random = Random(f"need:{story.number}")
    start = world.ago(story.age, random)
    merchant = _merchant(world, random, merchants, start)
    service = random.choices(WANTED, weights=(6, 4, 3, 2, 2, 1))[0]
    with outbox.born_delivered(), clock.standing_at(start):
        if story.stage == "draft":
            fields = _fields(world, merchant, service, random)
            services.create_need(acting(merchant), fields=fields)
            return
        need = _publish(world, merchant, service, random)
    with outbox.born_delivered():
        _go_on(need, story.stage, start, random)


def _merchant(world: World, random: Random, merchants: int, at: datetime) -> Party:
    """Who was there at that time; the larger ask more often. One in forty is the guide's brand."""
    if random.random() < 1 / 40:
        return cast_party(PartyKind.MERCHANT)
    drawn = (draw(world, PartyKind.MERCHANT, random.randint(1, merchants - 1)) for _ in range(60))
    there = (p for p in drawn if is_listed(p.number) and p.verified_at < at)
    found = [portrait for portrait, _three in zip(there, range(3), strict=False)]
    if not found:
        return cast_party(PartyKind.MERCHANT)
    return party_of(PartyKind.MERCHANT, max(found, key=lambda p: (p.size, p.number)).number)


def _go_on(need: Need, stage: str, start: datetime, random: Random) -> None:
    merchant = acting(need.merchant)
    later = at_work(clock.day_of(start) + timedelta(days=1), random)
    with clock.standing_at(later):
        if stage == "cancelled":
            services.cancel_need(merchant, need=need)
            return
        if stage not in {"open", "expired"}:
            answers = 0 if stage == "invited" else random.randint(2, 4)
            invited = random.sample(pool := _candidates(need, 24), k=min(5, len(pool)))
            _invite_and_answer(need, random, invited, answers=answers)
    if stage in {"expired", "unchosen"}:
        _run_out(need, random)
    elif stage in {"shortlisted", "awarded"}:
        _choose(need, stage, later, random)


def _run_out(need: Need, random: Random) -> None:
    """The day after its last one, or after the time to choose, whichever applies."""
    need.refresh_from_db()
    grace = timedelta(days=0) if need.status == NeedStatus.OPEN else DECISION
    with clock.standing_at(at_work(need.closes_on + grace + timedelta(days=1), random)):
        services.expire_need(DEMO, need=need)


def _choose(need: Need, stage: str, answered: datetime, random: Random) -> None:
    merchant = acting(need.merchant)
    waiting = list(Proposal.objects.filter(need=need).answerable().order_by("pk"))
    if not waiting:
        return
    chosen = random.choice(waiting)
    with clock.standing_at(at_work(clock.day_of(answered) + timedelta(days=2), random)):
        services.shortlist_proposal(merchant, proposal=chosen)
        if stage == "awarded":
            for lost in [p for p in waiting if p != chosen][: random.randint(0, 2)]:
                reason = random.choice(states.DECLINE_REASONS[:4])
                services.decline_proposal(merchant, proposal=lost, reason=reason)
            services.accept_proposal(merchant, proposal=chosen)


def _publish(world: World, merchant: Party, service: str, random: Random) -> Need:
    actor = acting(merchant)
    need = services.create_need(actor, fields=_fields(world, merchant, service, random))
    return services.publish_need(actor, need=need)


def _fields(world: World, merchant: Party, service: str, random: Random) -> NeedFields:
    main = merchant.category_shares.select_related("category").order_by("-share")[0].category
    months = random.choice((3, 6, 6, 12))
    low = random.randint(8, 40) * 100_000
    today = clock.today()
    words = {"category": main.name_zh, "months": months}
    goal, duty = GOALS[service]
    numbers = {"orders": random.randint(8, 90) * 100, "returns": random.randint(4, 18)}
    return NeedFields(
        title=TITLES[service].format(**words),
        brief=BRIEF.format(goal=goal, duty=duty, **words, **numbers),
        service_ids=[world.services[service].pk],
        category_ids=[main.pk],
        city_id=merchant.city_id if random.random() < 0.5 else None,
        accepts_remote=True,
        budget_low_fen=low,
        budget_high_fen=low + random.randint(5, 30) * 100_000,
        gmv_target_fen=random.randint(60, 600) * 1_000_000,
        starts_on=today + timedelta(days=30),
        term_months=months,
        closes_on=today + timedelta(days=random.randint(14, 28)),
    )


def _candidates(need: Need, count: int) -> list[Party]:
    """The first candidates of the need's own order who were there by now."""
    found = (c.provider for c in CandidateList(need).slice(0, 3 * count))
    now = clock.now()
    return [p for p in found if p.verified_at and p.verified_at < now][:count]


def _invite_and_answer(need: Need, random: Random, providers: list[Party], *, answers: int) -> None:
    """Invite them at once; they answer one after the other, some by stepping back."""
    merchant = acting(need.merchant)
    for provider in providers:
        services.invite_provider(merchant, need=need, provider=provider)
    moment = clock.now()
    for position, provider in enumerate(providers[: answers + 1]):
        moment += timedelta(minutes=random.randint(20, 200))
        with clock.standing_at(moment):
            if position < answers:
                fields = _offer(need, provider, random)
                services.submit_proposal(acting(provider), need=need, fields=fields)
            elif random.random() < 0.5:
                proposal = Proposal.objects.get(need=need, provider=provider)
                reason = random.choice(states.WITHDRAW_REASONS)
                services.withdraw_proposal(acting(provider), proposal=proposal, reason=reason)


def _offer(need: Need, provider: Party, random: Random) -> ProposalFields:
    profile = provider.profile
    low, high = profile.price_low_fen, profile.price_high_fen
    fee = low + (high - low) * random.randint(0, 6) // 10
    if random.random() < 0.2:  # some work for a share alone
        fee, share = 0, random.randint(9, 14) * 50
    else:
        fee, share = fee // 50_000 * 50_000, random.randint(2, 8) * 50
    return ProposalFields(
        plan=PLAN.format(hours=random.choice((4, 6, 8)), videos=random.randint(2, 5)),
        team=f"{random.randint(1, 3)} 主播 · {random.randint(1, 4)} 运营 · 1 剪辑",
        monthly_fee_fen=fee,
        share_bp=share,
        starts_on=need.starts_on + timedelta(days=random.choice((-7, 0, 0, 7))),
    )
