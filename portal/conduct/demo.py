"""The demo's cases: one in every state, about providers and agencies, and the guide's provider."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from portal.conduct import services
from portal.conduct.fields import ActionFields, ReportFields
from portal.conduct.models import Case
from portal.conduct.states import MeasureKind, Outcome
from portal.core import clock, outbox
from portal.core.actor import OPERATOR, Actor
from portal.parties.demo import DEMO, World, acting, cast_party, demo_user
from portal.parties.models import Party
from portal.parties.states import PartyKind, PartyStatus, Role

P, A = PartyKind.PROVIDER, PartyKind.AGENCY


@dataclass(frozen=True, slots=True)
class Story:
    """A report so many days ago, of a party by its place among the listed ones (None: the guide's
    provider), and how far its case goes."""

    days_ago: int
    kind: PartyKind
    place: int | None
    rule: str
    text: str
    charge: str
    goes: str
    answer: str = ""


STORIES = (  # the oldest first: a day's reports are rationed
    Story(
        260,
        P,
        13,
        "rudeness",
        "沟通里多次辱骂我们的运营。",
        "被指在沟通中多次辱骂对方员工。",
        "lapsed",
    ),
    Story(
        120,
        A,
        6,
        "false-case",
        "页面上的达人粉丝数是两年前的。",
        "被指页面展示的达人数据与事实不符。",
        "corrected",
        "数据更新不及时，愿意整改。",
    ),
    Story(
        90,
        P,
        11,
        "brushing",
        "直播间数据明显异常，同一批账号反复下单退款。",
        "被指组织同一批账号反复下单退款，虚构成交。",
        "final",
        "是投流带来的异常流量。",
    ),
    Story(
        70,
        P,
        None,
        "off-platform",
        "第一次沟通就要加微信，说线下签便宜。",
        "被指在合作达成前索要联系方式，引导到平台外签约。",
        "overturned",
        "聊天记录显示是商家主动提出，附截图说明。",
    ),
    Story(30, P, 15, "fraud", "感觉他们案例是假的，没有证据。", "", "dismissed"),
    Story(
        20,
        P,
        9,
        "no-delivery",
        "四场直播只播了一场。",
        "被指约定的四场直播只完成一场。",
        "appealed",
        "因商家迟迟不寄样，无法开播。",
    ),
    Story(
        16,
        A,
        3,
        "poaching",
        "合约期内的达人被私下邀约，答应替付违约金。",
        "被指在合约期内私下邀约他人签约达人，并承诺代付违约金。",
        "heard",
        "该达人合约已于上月到期，附到期通知。",
    ),
    Story(
        14,
        P,
        7,
        "hidden-fee",
        "约定外又收了一笔“流量通道费”。",
        "被指在约定服务费之外收取“流量通道费”。",
        "confirmed",
        "费用是商家自愿购买的增值服务。",
    ),
    Story(
        6,
        P,
        None,
        "slow-answer",
        "三次催问排期都没有回复。",
        "有商家反映，近一个月三次询问直播排期均未在时限内得到答复。",
        "notified",
    ),
    Story(2, P, 5, "false-promise", "签约前口头保证首月破百万，合同里没有写。", "", "reported"),
)
WHY = {
    "dismissed": "举报没有附可核查的事实，不予认定；有新的材料可以再次举报。",
    "confirmed": "付款记录与合同不一致，对方的说明与证据不符，认定成立。",
    "upheld": "已核对双方证据，维持原认定。",
    "overturned": "原始聊天记录显示由商家提出，撤销原认定。",
}
APPEAL = "对认定有异议：附完整往来记录，请复核。"


@transaction.atomic
def make_cases(world: World) -> None:
    with outbox.born_delivered():
        for number, story in enumerate(STORIES):
            party = _accused(story)
            if party is not None and party.status == PartyStatus.LISTED:
                _live(world, story, party, Random(f"conduct:{number}"))


def _accused(story: Story) -> Party | None:
    if story.place is None:
        return cast_party(story.kind)
    owned = Party.objects.listed().filter(kind=story.kind, membership__role=Role.OWNER)
    return owned.order_by("pk")[story.place : story.place + 1].first()


def _live(world: World, story: Story, party: Party, random: Random) -> None:
    """Each step at the hour it could have been taken; the sweeps come by in between."""
    start = world.ago(story.days_ago, random)
    reporter = acting(cast_party(PartyKind.MERCHANT))
    fields = ReportFields(story.rule, story.text, clock.day_of(start) - timedelta(days=2))
    with clock.standing_at(start):
        case = services.report_conduct(reporter, party=party, fields=fields).case
    if story.goes == "dismissed":
        with clock.standing_at(start + timedelta(days=2)):
            services.dismiss_case(DEMO, case=case, reason=WHY["dismissed"])
    elif story.goes != "reported":
        with clock.standing_at(start + timedelta(days=1)):
            case = services.notify_case(DEMO, case=case, charge=story.charge)
        _go_on(world, story, case)


def _go_on(world: World, story: Story, case: Case) -> None:
    told = case.notified_at or world.dawn
    if story.goes == "notified":
        return
    if story.answer:
        with clock.standing_at(told + timedelta(days=3)):
            services.answer_case(acting(case.party), case=case, text=story.answer)
    else:
        _sweep(told + timedelta(days=16))
    if story.goes == "heard":
        return
    decided = told + timedelta(days=6 if story.answer else 17)
    with clock.standing_at(decided):
        case = services.confirm_case(DEMO, case=case, reason=WHY["confirmed"])
    if story.goes in ENDINGS:
        ENDINGS[story.goes](case)


def _appeal(case: Case) -> None:
    decided = case.confirmed_at
    assert decided is not None  # noqa: S101 - it was confirmed above
    with clock.standing_at(decided + timedelta(days=4)):
        services.appeal_verdict(acting(case.party), case=case, text=APPEAL)


def _overturn(case: Case) -> None:
    _appeal(case)
    second = Actor(user=demo_user("operator"), party=None, role=OPERATOR, via="demo")
    with clock.standing_at((case.confirmed_at or case.opened_at) + timedelta(days=9)):
        services.judge_verdict(
            second, case=case, outcome=Outcome.OVERTURNED, reason=WHY["overturned"]
        )


def _enforce(case: Case) -> None:
    """Nobody appealed: in force, with a measure that is over."""
    final = (case.confirmed_at or case.opened_at) + timedelta(days=18)
    _sweep(final)
    with clock.standing_at(final + timedelta(days=1)):
        services.impose_measure(
            DEMO,
            case=case,
            kind=MeasureKind.HIDE,
            reason="严重违规，暂停在名录中展示。",
            until=final + timedelta(days=31),
        )
    _sweep(final + timedelta(days=32))


def _correct(case: Case) -> None:
    """In force, with one thing put right in time and one still to do."""
    final = (case.confirmed_at or case.opened_at) + timedelta(days=18)
    _sweep(final)
    with clock.standing_at(final + timedelta(days=1)):
        day = clock.today()
        first = services.ask_action(
            DEMO,
            case=case,
            fields=ActionFields(
                "更正达人数据", "按最新后台数据更正页面上的全部达人。", day + timedelta(days=14)
            ),
        )
        services.ask_action(
            DEMO,
            case=case,
            fields=ActionFields(
                "建立数据更新制度", "提交每月更新数据的责任人和流程。", day + timedelta(days=120)
            ),
        )
    with clock.standing_at(final + timedelta(days=8)):
        services.hand_in_action(
            acting(case.party), action=first, text="已全部更正，附后台截图说明。"
        )
    with clock.standing_at(final + timedelta(days=10)):
        services.accept_action(DEMO, action=first, reason="已逐一核对，数据一致。")


def _lapse(case: Case) -> None:
    confirmed_at = case.confirmed_at or case.opened_at
    _sweep(confirmed_at + timedelta(days=18))
    _sweep(confirmed_at + timedelta(days=case.rule.lapse_days + 1))


ENDINGS: dict[str, Callable[[Case], None]] = {
    "appealed": _appeal,
    "overturned": _overturn,
    "final": _enforce,
    "corrected": _correct,
    "lapsed": _lapse,
}


def _sweep(moment: datetime) -> None:
    with clock.standing_at(moment):
        services.sweep_cases(DEMO)
        services.sweep_actions(DEMO)
        services.sweep_measures(DEMO)
