"""Who advises in the demo, and what they are asked."""

from __future__ import annotations

from training.advice.fields import AdviserFields

ADVISERS = (
    AdviserFields(
        "周行之",
        "直播操盘手，十年电商运营",
        "Runs live rooms; ten years in e-commerce",
        "从一个人的直播间做到三十人的团队，带过食品、家居两个类目的新店冷启动。擅长把问题拆成下周就能做的三件事。",
        "Grew a live room of one into a team of thirty, and started new shops in food and home. "
        "Good at turning a question into three things for next week.",
        ("live", "start"),
    ),
    AdviserFields(
        "林知夏",
        "短视频内容总监",
        "Director of short videos",
        "做过八年内容，服务过二十多个新锐品牌。关心选题从哪里来、一条视频能用几次。",
        "Eight years of content for more than twenty young brands. Cares where subjects come from "
        "and how often one video can be used.",
        ("video", "creators"),
    ),
    AdviserFields(
        "沈砚",
        "投放与数据负责人",
        "Head of paid traffic and data",
        "管过单月千万级的投放预算，只按结算净成交看回报。先问毛利，再谈预算。",
        "Has run budgets of ten million a month and reads returns by settled net sales only. Asks "
        "for the margin before the budget.",
        ("ads", "start"),
        ("merchant", "provider"),
    ),
    AdviserFields(
        "何以宁",
        "售后与用户体验顾问",
        "Adviser for after-sales",
        "把三个店的退款率从三成降到一成多。方法很土：每周排原因，只改第一名。",
        "Brought the refunds of three shops from thirty percent to little more than ten, by "
        "mending one reason a week.",
        ("after_sales", "goods"),
        ("merchant",),
    ),
    AdviserFields(
        "梁文谦",
        "电商合规律师",
        "Lawyer for e-commerce",
        "广告法、消费者权益与平台规则。带着具体的文案和截图来，一次能看三条。",
        "Advertising law, consumers' rights and platform rules. Bring the very words and screens; "
        "an hour is enough for three.",
        ("compliance",),
    ),
    AdviserFields(
        "唐小满",
        "机构合伙人，达人孵化",
        "Partner of an agency; builds creators",
        "签过两百位达人，也帮达人看过不少合同。讲清楚分成、独家和退出。",
        "Has signed two hundred creators and read many of their contracts: shares, exclusivity, "
        "and how one leaves.",
        ("creators", "live"),
        ("creator", "agency"),
    ),
    AdviserFields(
        "许明川",
        "财务与分账顾问",
        "Adviser for splits and statements",
        "会计师。看分账树、对账单和跨期退款，带一张表来，走的时候是对得上的。",
        "An accountant: trees of shares, statements, refunds across months. Bring a sheet, leave "
        "with one that adds up.",
        ("money",),
    ),
    AdviserFields(
        "安然",
        "服务商评估与提升教练",
        "Coach for ratings and improvement",
        "陪过十几家服务商做提升计划。帮你判断先补哪块短板、证据怎么留。",
        "Has gone through improvement plans with a dozen providers: which board to mend first, and "
        "how to keep the evidence.",
        ("rating", "money"),
        ("provider",),
    ),
)
QUESTIONS = {
    "live": "场观稳定在三千左右，停留只有四十秒。换主播之前，应该先改货盘还是先改话术？",
    "start": "新店开了三周，自然流量的下单率百分之一点二，现在投流会不会太早？",
    "video": "日更一个月，完播率上不去。想请顾问看三条视频，判断是选题还是开头的问题。",
    "creators": "三位达人报价差两倍，类目占比相近，履约记录不同，怎么排先后？",
    "ads": "投产比四点二，扣掉退款后不赚钱。保本线应该怎么算，预算怎么往下收？",
    "after_sales": "一款杂粮礼盒退款率两成，原因集中在“与描述不符”，先改图还是先改规格？",
    "goods": "生鲜破损率高，换包装要加一元成本。怎么判断值不值得换？",
    "compliance": "准备了五句主打话术，其中两句提到“助眠”，想确认哪些能说、需要什么凭证。",
    "money": "上月账单里有十二笔跨月退款，冲回后和我们的表差三百多元，请帮忙看口径。",
    "rating": "健康维度低于同组中位，退款和投诉都有影响，提升计划先写哪一项？",
}
NOTES = """**结论**：先不加新动作，把现有的一件事做完整。

- 本周：按原因给最近 50 单排序，只改第一名。
- 下周：固定时间连续做七天，看中位数，不看最好的一天。
- 第三周：把结果带回来，再决定要不要加预算。

参考 [成长IP书](/handbook/) 里的对应章节。
"""
