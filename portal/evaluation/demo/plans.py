"""Improvement plans: one under way and one to be signed for the provider of the guide, one worked
through, and one that came back. They come before the ratings that read how their items ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction

from portal.core import clock
from portal.core.actor import Actor
from portal.evaluation import services
from portal.evaluation.demo.people import first_person, history_at, owner_of
from portal.evaluation.fields import ItemFields, PlanFields
from portal.evaluation.models import Plan, PlanItem
from portal.parties.demo import DEMO, World, cast_party
from portal.parties.models import Party
from portal.parties.states import PartyKind, Role

OTHERS = 2


@dataclass(frozen=True, slots=True)
class Item:
    """Days from today, negative for the past; `handed_in`, `checked`: None for not yet."""

    text: str
    indicator: str
    due: int
    handed_in: int | None = None
    checked: int | None = None
    report: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    title: str
    drafted: int
    items: tuple[Item, ...]


UNDER_WAY = Story(
    "人才梯队提升计划",
    -62,
    (
        Item(
            "四名主播通过平台持证考试，上传证书。",
            "T1",
            -20,
            -24,
            -22,
            "四人均已取得证书，证书编号见附表。",
        ),
        Item(
            "建立新人带教制度，连续两个月留存不低于 85%。",
            "T3",
            -1,
            -3,
            None,
            "九、十月留存分别为 88% 和 91%，附花名册。",
        ),
        Item("全员通过短视频合规考试。", "T1", 28),
    ),
)
TO_SIGN = Story(
    "响应速度与续约专项",
    -4,
    (
        Item("新线索两小时内首次响应的比例达到 90%。", "C2", 30),
        Item("到期前 45 天与每家商家完成复盘和续约沟通。", "G4", 60),
    ),
)
LAST_SPRING = Story(
    "直播复盘与目标管理计划",
    -260,
    (
        Item("每场直播次日发出复盘。", "G5", -230, -236, -234, "连续四周按日发出，附目录。"),
        Item("与每家商家书面确认季度目标。", "G5", -215, -218, -216, "在服务商家均已签字确认。"),
        Item("新主播试播考核成文。", "T3", -200, -196, -195, "考核表已启用，晚交四天。"),
    ),
)
WORKED_THROUGH = Story(
    "对账与售后整改计划",
    -120,
    (
        Item(
            "对账单在结算后 3 个工作日内发出。",
            "H5",
            -90,
            -95,
            -93,
            "已改为系统自动发出，附近两期记录。",
        ),
        Item(
            "退款率连续两期低于类目中位数。",
            "H4",
            -50,
            -46,
            -45,
            "最近两期分别低 0.6 和 1.1 个百分点。",
        ),
        Item("售后话术更新并完成全员考核。", "H1", -40),
    ),
)
CAME_BACK = Story("新店冷启动专项", -9, (Item("制定新店 30 天动作清单。", "G1", 40),))
WHY_BACK = "请把清单拆成可核对的节点，并写明每个节点的日期。"


@transaction.atomic
def make_plans(world: World) -> None:
    star = cast_party(PartyKind.PROVIDER)
    _agreed(world, star, LAST_SPRING)
    _agreed(world, star, UNDER_WAY)
    _proposed(world, star, TO_SIGN, drafter=first_person())
    others = _others(star)
    if others:
        _agreed(world, others[0], WORKED_THROUGH)
    came_back = _proposed(world, (others or [star])[-1], CAME_BACK)
    with history_at(_at(world, CAME_BACK.drafted + 2)):
        services.return_plan(first_person(), plan=came_back, why=WHY_BACK)


def _others(star: Party) -> list[Party]:
    owned = Party.objects.listed().filter(kind=PartyKind.PROVIDER, membership__role=Role.OWNER)
    return list(owned.exclude(pk=star.pk).order_by("pk")[:OTHERS])


def _proposed(world: World, party: Party, story: Story, drafter: Actor | None = None) -> Plan:
    """Drafted and signed by one side."""
    actor = drafter or owner_of(party)
    items = [
        ItemFields(item.text, world.today + timedelta(days=item.due), item.indicator)
        for item in story.items
    ]
    with history_at(_at(world, story.drafted)):
        plan = services.draft_plan(actor, party=party, fields=PlanFields(story.title, items))
        return services.sign_plan(actor, plan=plan)


def _agreed(world: World, party: Party, story: Story) -> None:
    """Signed by the other side too, and worked through as far as it goes, day by day."""
    plan = _proposed(world, party, story)
    with history_at(_at(world, story.drafted + 2)):
        services.sign_plan(first_person(), plan=plan)
    rows = {row.text: row for row in PlanItem.objects.filter(plan=plan)}
    for item in sorted(story.items, key=lambda one: one.due):
        _work(world, party, item, rows[item.text])


def _work(world: World, party: Party, item: Item, row: PlanItem) -> None:
    if item.handed_in is not None:
        with history_at(_at(world, item.handed_in)):
            services.hand_in_item(owner_of(party), item=row, report=item.report)
    if item.checked is not None:
        with history_at(_at(world, item.checked)):
            services.accept_item(first_person(), item=row)
    if item.handed_in is None and item.due < 0:
        with history_at(_at(world, item.due + 1)):
            services.sweep_plan_items(DEMO)


def _at(world: World, days: int) -> datetime:
    day = world.today + timedelta(days=days)
    return datetime.combine(day, time(11, 5), tzinfo=clock.SHANGHAI)
