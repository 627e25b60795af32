"""What the demo's needs and proposals say."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from matchmaking.needs.fields import NeedFields, ProposalFields
from portal.core import clock
from portal.parties.demo import AVERAGE_PRICES, World
from portal.parties.models import Category, ProviderProfile

COMMISSION = {"creator": 5, "agency": 3}  # so many times the share of a provider
SOUGHT = ("agency", "creator")  # instead of a provider
WANTED = ("live-room", "short-video", "paid-ads", "shop", "creator-distribution", "full-service")
TITLES = {
    "live-room": "{category}自播间代运营",
    "short-video": "{category}短视频引流",
    "paid-ads": "{category}大促投流托管",
    "shop": "{category}小店日常运营",
    "creator-distribution": "{category}达人分销拓展",
    "full-service": "{category}品牌全案代运营",
    "agency": "{category}达人矩阵分销",
    "creator": "{category}专场直播合作",
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
    "agency": (
        "由旗下达人分批带货，跑出稳定的分销矩阵",
        "建联、排期与寄样跟进由机构负责，佣金与样品由我们承担",
    ),
    "creator": (
        "做成固定的新品专场，每月至少两场",
        "选品讲解由达人负责，样品、客服与发货由我们负责",
    ),
}
FACTS = {
    "live-room": ["own_live"],
    "short-video": ["own_live", "campaigns"],
    "paid-ads": ["campaigns"],
    "shop": [],
    "creator-distribution": ["matrix"],
    "full-service": ["own_live", "matrix", "campaigns"],
    "agency": ["matrix"],
    "creator": ["top", "campaigns"],
}
PLAN = (
    "第 1 个月：梳理货盘与话术，搭建直播间，日播 {hours} 小时，先跑通转化。\n"
    "第 2–3 个月：固定主播与时段，短视频每天 {videos} 条引流，投流按净成交回本控制。\n"
    "之后：按周复盘，未达目标时调整货盘与时段；需要商家提供样品、库存接口与售后响应。"
)

PLANS = {
    "agency": (
        "第 1 周：按类目与粉丝画像从旗下挑选达人，确认佣金与排期。\n"
        "第 2–4 周：分批寄样，短视频每天 {videos} 条预热，直播每场 {hours} 小时。\n"
        "之后：按周复盘到人，留下转化稳定的达人做长期合作。"
    ),
    "creator": (
        "开播前一周收样试用，短视频预热 {videos} 条。\n"
        "专场直播 {hours} 小时，主推款返场两次，结束后两天内交数据。\n"
        "之后：按退货与评价调整选品，再定下一场。"
    ),
}
TEAM = "{some} 主播 · {others} 运营 · 1 剪辑"
TEAMS = {"agency": "{others} 商务 · {some} 排期"}


def need_words(
    world: World, main: Category, city_id: int, service: str, random: Random
) -> NeedFields:
    """A brief of a merchant whose main category this is, written today. `service` is a code, or
    the kind of party that is sought instead of a provider."""
    months = random.choice((3, 6, 6, 12))
    low = random.randint(8, 40) * 100_000
    today = clock.today()
    words = {"category": main.name_zh, "months": months}
    goal, duty = GOALS[service]
    numbers = {"orders": random.randint(8, 90) * 100, "returns": random.randint(4, 18)}
    target = random.randint(60, 600) * 1_000_000
    return NeedFields(
        title=TITLES[service].format(**words),
        brief=BRIEF.format(goal=goal, duty=duty, **words, **numbers),
        seeks=service if service in SOUGHT else "provider",
        service_ids=[] if service in SOUGHT else [world.services[service].pk],
        category_ids=[main.pk],
        city_id=city_id if random.random() < 0.5 and service not in SOUGHT else None,
        accepts_remote=True,
        facts=FACTS[service],
        budget_low_fen=low,
        budget_high_fen=low + random.randint(5, 30) * 100_000,
        gmv_target_fen=target,
        gmv_low_fen=target // 2,
        gmv_high_fen=target * 2,
        starts_on=today + timedelta(days=30),
        term_months=months,
        closes_on=today + timedelta(days=random.randint(14, 28)),
        **_asked(service, main, Random(f"asked:{target}")),
    )


def _asked(service: str, main: Category, random: Random) -> dict[str, Any]:
    """What is asked of creators and agencies alone; drawn apart, so that nothing else moves."""
    if service == "creator":
        price = AVERAGE_PRICES[main.code] * 100
        return {
            "followers_least": random.choice((None, None, 5_000, 10_000, 50_000)),
            "goods_low_fen": price // 2,
            "goods_high_fen": price * 2,
            "lives_wanted": random.randint(1, 4),
            "videos_wanted": random.choice((None, 4, 8)),
            "gives_samples": random.random() < 0.8,
        }
    if service == "agency":
        level = random.choice(("", "junior", "junior", "mid"))
        return {"creators_wanted": random.choice((1, 2, 3)), "creator_level": level}
    return {}


def _promised(seeks: str, random: Random) -> dict[str, Any]:
    """Who works on it, or what a creator comes with."""
    some, others = random.randint(1, 3), random.randint(1, 4)
    if seeks == "creator":
        return {"lives": some, "videos": 2 * others, "samples_wanted": others}
    team = TEAMS.get(seeks, TEAM).format(some=some, others=others)
    return {"team": team, "creators": 4 * others} if seeks == "agency" else {"team": team}


def proposal_words(
    need: NeedFields, profile: ProviderProfile | None, random: Random
) -> ProposalFields:
    """An offer within the provider's own band, or about the need's where none is declared: mostly
    a fee and a share, sometimes a share alone or one that climbs with the GMV."""
    low, high = need.budget_low_fen, need.budget_high_fen
    if profile is not None:
        low, high = profile.price_low_fen, profile.price_high_fen
    fee = low + (high - low) * random.randint(0, 6) // 10
    draw, ladder = random.random(), []
    if draw < 0.2:
        fee, share = 0, random.randint(9, 14) * 50
    else:
        fee, share = fee // 50_000 * 50_000, random.randint(2, 8) * 50
    share *= COMMISSION.get(need.seeks, 1)
    if draw > 0.88:
        ladder = [(0, share), (need.gmv_target_fen or 1, share + 150)]
    if is_guarantee := need.price_form == "guarantee":
        fee, ladder = fee or low, []
    return ProposalFields(
        plan=PLANS.get(need.seeks, PLAN).format(
            hours=random.choice((4, 6, 8)), videos=random.randint(2, 5)
        ),
        **_promised(need.seeks, random),
        monthly_fee_fen=fee,
        share_bp=share,
        ladder=ladder,
        is_guarantee=is_guarantee,
        starts_on=max(need.starts_on + timedelta(days=random.choice((-7, 0, 0, 7))), clock.today()),
    )
