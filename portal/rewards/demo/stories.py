"""The forty tasks of a season, each for somebody else, so that every size can win something."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portal.parties.states import PartyKind
from portal.rewards.fields import StepFields
from portal.rewards.states import Check, Fold, Hold, Line, Since, StepEvent, Unit

E = StepEvent
ROMAN = ("一", "二", "三", "四")
Steps = tuple[StepFields, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """`reward`: fen, or the code of a kind of coupon. `quota`: at the demo's full size."""

    name: str
    title_zh: str
    title_en: str
    text_zh: str
    text_en: str
    kind: PartyKind
    steps: Steps
    reward: int | str
    quota: int
    days: int = 45
    sizes: Sequence[str] = ()
    indicator: str = ""
    line: str = ""
    least_followers: int | None = None
    most_followers: int | None = None
    check_by: str = Check.RECORDS
    hold: str = Hold.CLAIM

    @property
    def unit(self) -> str:
        return Unit.COUPON if isinstance(self.reward, str) else Unit.CASH


def _step(
    event: StepEvent, target: int, *, total: bool = False, season: bool = False
) -> StepFields:
    return StepFields(
        event=event.value,
        target=target,
        fold=(Fold.SUM if total else Fold.COUNT).value,
        since=(Since.SEASON if season else Since.CLAIM).value,
    )


def stories() -> list[Story]:
    return [*_creators(), *_providers(), *_agencies(), *_merchants()]


COUPONS = {  # code: names, points, days
    "traffic-300": ("300 点流量券", "300 points of traffic", 300, 30),
    "traffic-800": ("800 点流量券", "800 points of traffic", 800, 30),
    "traffic-2000": ("2000 点流量券", "2,000 points of traffic", 2_000, 45),
    "traffic-5000": ("5000 点直播流量券", "5,000 points of live traffic", 5_000, 45),
}
LEVELS = tuple(COUPONS)
FOLLOWERS = ((None, 20_000), (5_000, 100_000), (20_000, 500_000), (100_000, None))
LINES: dict[Line, tuple[str, str, str, str, tuple[Steps, ...]]] = {
    Line.LIVE: (
        "开播",
        "Going live",
        "把开播变成习惯：开播满约定的天数，平台送流量。天数来自每天的数据。",
        "Make going live a habit: the days come from the daily feed.",
        tuple((_step(E.LIVE, days),) for days in (4, 10, 18, 25)),
    ),
    Line.FOLLOWERS: (
        "涨带货粉丝",
        "Shopping followers",
        "有购买意愿的粉丝才带得动货。涨粉数来自每天的数据。",
        "Followers who buy are what counts; the number comes from the daily feed.",
        tuple((_step(E.SHOPPING_FOLLOWERS, won, total=True),) for won in (60, 300, 1_200, 6_000)),
    ),
    Line.VALUE: (
        "提升价值",
        "Value",
        "带出结算成交。只算已结算的净成交额，退款会扣回。",
        "Sell what stays sold: only settled net GMV counts.",
        tuple(
            (_step(E.ORDER, yuan * 100, total=True),)
            for yuan in (5_000, 50_000, 300_000, 1_500_000)
        ),
    ),
    Line.EFFICIENCY: (
        "提升流量效率",
        "Traffic efficiency",
        "先学怎么把流量用好，再在带货日里用起来。",
        "Learn to use traffic well, then sell on more days.",
        tuple(
            (_step(E.COURSE, courses, season=True), _step(E.SELLING_DAY, days))
            for courses, days in ((1, 4), (1, 8), (2, 14), (2, 20))
        ),
    ),
}


def _creators() -> Iterator[Story]:
    for line, (zh, en, text_zh, text_en, levels) in LINES.items():
        for at, steps in enumerate(levels):
            least, most = FOLLOWERS[at]
            yield Story(
                name=f"{line.value}-{at + 1}",
                title_zh=f"{zh}第{ROMAN[at]}级",
                title_en=f"{en}, level {at + 1}",
                text_zh=text_zh,
                text_en=text_en,
                kind=PartyKind.CREATOR,
                steps=steps,
                reward=LEVELS[at],
                quota=(900, 600, 300, 120)[at],
                days=30,
                line=line.value,
                least_followers=least,
                most_followers=most,
            )


SIZED = ("S", "M", "L")
IN_WORDS = {"S": ("小型", "small"), "M": ("中型", "medium"), "L": ("大型", "large")}
CASH = {"S": 120_000, "M": 300_000, "L": 600_000}
QUOTAS = {"S": 160, "M": 90, "L": 40}
DIMENSIONS: dict[str, tuple[str, str, str, str, dict[str, Steps], str]] = {
    "C4": (
        "把会面谈成合作",
        "Turn meetings into cooperations",
        "参加选品会或对接会面，并把其中的机会谈成合作。",
        "Hold meetings and sign what comes of them.",
        {
            "S": (_step(E.MEETING, 2), _step(E.COOPERATION, 1)),
            "M": (_step(E.MEETING, 4), _step(E.COOPERATION, 1)),
            "L": (_step(E.MEETING, 8), _step(E.COOPERATION, 2)),
        },
        Check.RECORDS,
    ),
    "G1": (
        "带动商家增长",
        "Grow your merchants",
        "让服务的商家结算净成交额再上一层。只算已结算的订单。",
        "Grow what your merchants settle; only settled orders count.",
        {
            "S": (_step(E.ORDER, 2_000_000, total=True),),
            "M": (_step(E.ORDER, 20_000_000, total=True),),
            "L": (_step(E.ORDER, 100_000_000, total=True),),
        },
        Check.OPERATOR,
    ),
    "T1": (
        "团队持证",
        "Certified people",
        "让团队里的人拿到有效证书，服务更让商家放心。",
        "Have your people earn certificates that hold.",
        {
            "S": (_step(E.CERTIFICATE, 1, season=True),),
            "M": (_step(E.CERTIFICATE, 2, season=True),),
            "L": (_step(E.CERTIFICATE, 4, season=True),),
        },
        Check.RECORDS,
    ),
    "I1": (
        "按计划学完课程",
        "Finish the planned courses",
        "学完约定门数的课程，提升能力里的课程完成会跟着变好。",
        "Finish the courses; the indicator of improvement follows.",
        {
            "S": (_step(E.COURSE, 1, season=True),),
            "M": (_step(E.COURSE, 2, season=True),),
            "L": (_step(E.COURSE, 4, season=True),),
        },
        Check.RECORDS,
    ),
    "H4": (
        "把退款率降下来",
        "Bring refunds down",
        "学完售后课程并保持结算，由平台运营核对退款情况后通过。",
        "Finish the course and keep settling; an operator looks at the refunds.",
        {
            "S": (_step(E.COURSE, 1), _step(E.ORDER, 5)),
            "M": (_step(E.COURSE, 1), _step(E.ORDER, 20)),
            "L": (_step(E.COURSE, 2), _step(E.ORDER, 60)),
        },
        Check.OPERATOR,
    ),
}


def _providers() -> Iterator[Story]:
    for code, (zh, en, text_zh, text_en, sized, check) in DIMENSIONS.items():
        for size in SIZED:
            in_zh, in_en = IN_WORDS[size]
            yield Story(
                name=f"{code.lower()}-{size.lower()}",
                title_zh=f"{zh}（{in_zh}服务商）",
                title_en=f"{en} ({in_en} providers)",
                text_zh=text_zh,
                text_en=text_en,
                kind=PartyKind.PROVIDER,
                steps=sized[size],
                reward=CASH[size],
                quota=QUOTAS[size],
                sizes=(size,),
                indicator=code,
                check_by=check,
            )


AGENCIES: tuple[tuple[str, str, str, str, str, Steps, int | str, int, str], ...] = (
    (
        "roster-live",
        "带新达人开播",
        "Bring newcomers live",
        "机构达人的带货日累计达标，名额先到先得。",
        "Selling days of your creators add up; first come, first served.",
        (_step(E.SELLING_DAY, 20),),
        "traffic-5000",
        120,
        Hold.FINISH,
    ),
    (
        "agency-sales",
        "季度成交冲刺",
        "The quarter's sprint",
        "机构结算净成交额达标即得奖励。",
        "Reach the settled net GMV.",
        (_step(E.ORDER, 50_000_000, total=True),),
        500_000,
        80,
        Hold.CLAIM,
    ),
    (
        "agency-courses",
        "经纪人上完课",
        "Courses for managers",
        "经纪团队学完课程，带人更有章法。",
        "Your managers finish courses.",
        (_step(E.COURSE, 2, season=True),),
        "traffic-2000",
        300,
        Hold.CLAIM,
    ),
    (
        "agency-certificates",
        "机构团队持证",
        "Certified agencies",
        "团队拿到有效证书。",
        "Your people earn certificates.",
        (_step(E.CERTIFICATE, 1, season=True),),
        80_000,
        200,
        Hold.CLAIM,
    ),
    (
        "agency-meetings",
        "选品会谈成合作",
        "From fairs to cooperations",
        "在选品会上会面，并谈成至少一单合作。",
        "Meet at fairs and sign one cooperation.",
        (_step(E.MEETING, 3), _step(E.COOPERATION, 1)),
        150_000,
        120,
        Hold.CLAIM,
    ),
    (
        "agency-orders",
        "稳定结算一百单",
        "A hundred settled orders",
        "累计结算订单达标，核对后发放流量。",
        "Settle the orders; an operator looks before it passes.",
        (_step(E.ORDER, 100),),
        "traffic-5000",
        150,
        Hold.CLAIM,
    ),
)
MERCHANTS: tuple[tuple[str, str, str, str, str, Steps, int | str, int], ...] = (
    (
        "merchant-start",
        "新商家冷启动",
        "A merchant's cold start",
        "学完一门入门课，并结算前十单。",
        "Finish a course and settle the first ten orders.",
        (_step(E.COURSE, 1), _step(E.ORDER, 10)),
        "traffic-300",
        900,
    ),
    (
        "merchant-live",
        "店铺自播十天",
        "Ten days of own live rooms",
        "自播满十天，平台送流量。",
        "Go live on ten days.",
        (_step(E.LIVE, 10),),
        "traffic-800",
        500,
    ),
    (
        "merchant-partners",
        "找到第一个合作伙伴",
        "The first partner",
        "会面两次，签下一份合作。",
        "Hold two meetings and sign a cooperation.",
        (_step(E.MEETING, 2), _step(E.COOPERATION, 1)),
        50_000,
        300,
    ),
)


def _agencies() -> Iterator[Story]:
    for name, zh, en, text_zh, text_en, steps, reward, quota, hold in AGENCIES:
        yield Story(
            *(name, zh, en, text_zh, text_en, PartyKind.AGENCY, steps, reward, quota),
            check_by=Check.OPERATOR if name == "agency-orders" else Check.RECORDS,
            hold=hold,
        )


def _merchants() -> Iterator[Story]:
    for name, zh, en, text_zh, text_en, steps, reward, quota in MERCHANTS:
        yield Story(name, zh, en, text_zh, text_en, PartyKind.MERCHANT, steps, reward, quota)
