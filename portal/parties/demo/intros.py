"""What parties say of themselves, put together from sentences."""

from __future__ import annotations

from random import Random

from portal.parties.states import PartyKind

FIRST = {
    PartyKind.MERCHANT: (
        "在{city}做{category}，自有供应链，小店稳定经营。",
        "{city}的{category}品牌，从线下批发转做直播电商。",
        "专注{category}，工厂在{city}周边，支持小单快返。",
        "{category}老店，货从{city}发出，48 小时内发货。",
        "做{category}的新品牌，团队在{city}，产品自己设计。",
    ),
    PartyKind.PROVIDER: (
        "{city}的电商服务团队，长期服务{category}商家。",
        "从店铺自播做起，擅长{category}，团队常驻{city}。",
        "为{category}品牌做店铺与直播运营，总部在{city}。",
        "{city}本地团队，主播、运营、投手齐全，主攻{category}。",
    ),
    PartyKind.AGENCY: (
        "在{city}签约并孵化{category}方向的达人。",
        "{city}的达人机构，{category}是主要方向。",
        "做{category}内容起家，达人多在{city}及周边。",
        "以{category}达人为主，兼做品牌内容，办公室在{city}。",
    ),
    PartyKind.CREATOR: (
        "常驻{city}，内容以{category}为主，只推荐自己用过的东西。",
        "在{city}生活，分享{category}，每周两到三场直播。",
        "{category}爱好者，人在{city}，先试后说。",
        "拍{category}，住{city}，样品都自己买过一遍。",
    ),
}
TEAMS = {  # by level
    PartyKind.MERCHANT: ("夫妻店，两人", "团队 5 人", "团队 12 人", "团队 30 人", "百人团队"),
    # No numbers: the team and the roster stand beside the introduction, counted.
    PartyKind.PROVIDER: ("核心成员固定", "分工清楚", "按项目组队", "主播运营投流分组", "多地设组"),
    PartyKind.AGENCY: (
        "小而专",
        "每位达人有专属经纪",
        "分类目运营",
        "自有场地与后期",
        "多城有办公室",
    ),
    PartyKind.CREATOR: ("自己拍自己剪", "有一位剪辑", "两人小团队", "五人团队", "有专门的选品组"),
}
LAST = {
    PartyKind.MERCHANT: (
        "正在扩大直播间。",
        "希望找到长期合作的达人。",
        "支持寄样，佣金可谈。",
        "旺季日发五千单没有问题。",
        "售后有专人，七天无理由。",
    ),
    PartyKind.PROVIDER: (
        "按月复盘，数据透明。",
        "先试运营一个月，再谈长约。",
        "只看结算后的净成交。",
        "可驻场，也可远程。",
        "不承诺爆单，承诺过程。",
    ),
    PartyKind.AGENCY: (
        "选品与履约都有专人跟进。",
        "签约条款公开，不压达人。",
        "每周选品会，样品当天登记。",
        "欢迎商家带样品来谈。",
    ),
    PartyKind.CREATOR: (
        "欢迎寄样，不合适的会退回。",
        "不接没试过的货。",
        "更新稳定，评论都会看。",
        "带货看复购，不看一场。",
    ),
}


def introduction(random: Random, kind: PartyKind, city: str, category: str, level: int) -> str:
    first = random.choice(FIRST[kind]).format(city=city, category=category)
    team = TEAMS[kind][min(level, len(TEAMS[kind])) - 1]
    return f"{first}{team}，{random.choice(LAST[kind])}"
