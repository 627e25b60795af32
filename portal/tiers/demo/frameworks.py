"""The demo's annual frameworks: one in each state, by the services, with targets near what their
agencies really sell there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from random import Random

from django.db import transaction

from portal.core import clock, outbox
from portal.core.actor import OPERATOR, Actor
from portal.parties.demo import DEMO, World, acting, cast_party, demo_user
from portal.parties.models import Party
from portal.parties.states import PartyKind
from portal.revenue.engine import Month
from portal.tiers import rules, selectors, services
from portal.tiers.framework_fields import DecisionFields, FrameworkFields, MinutesFields
from portal.tiers.models import Framework, StarStanding
from portal.tiers.selectors import month_sums

LOOKED_BACK = 9  # months
WAN = 1_000_000  # fen of ten thousand yuan
EXTRAS = "专属客户经理；每月两场选品会优先名额；大促前达人基地优先排期。"
MINUTES = "回顾上一季度：直播场次达到计划，客单价低于预期；双方同意调整选品，并在大促前加场。"
PLANNED = "先按上季度的节奏推进，差额在大促月补回。"


@transaction.atomic
def make_frameworks(world: World) -> None:
    """As many as agencies hold the tier, in this order of states; the guide's agency first."""
    with outbox.born_delivered():
        for party, make in zip(_agencies(world), STORIES, strict=False):
            make(world, party)
        services.count_frameworks(DEMO)
        services.remind_of_frameworks(DEMO)


def _agencies(world: World) -> list[Party]:
    cast = cast_party(PartyKind.AGENCY)
    held = StarStanding.objects.filter(stars__gte=1).select_related("party__city")
    rows = [row.party for row in held.order_by("-stars", "party__name")[: 4 * len(STORIES)]]
    with clock.standing_at(_at(_month(world, -11))):
        found = [party for party in rows if rules.has_benefit(party) and party.is_trusted]
    return sorted(found, key=lambda party: party.pk != cast.pk)


def _keeper() -> Actor:
    return Actor(user=demo_user("operator"), party=None, role=OPERATOR, via="demo")


def _running(world: World, party: Party) -> Framework:
    """Countered once, signed, and reviewed after its first quarter."""
    framework = _signed(world, party, first=-5, months=12, share=105, is_countered=True)
    _begin(framework)
    _meet(world, framework, first=-2)
    return framework


def _proposed(world: World, party: Party) -> Framework:
    """By the agency; the platform has some days left."""
    fields = _fields(world, party, first=1, months=12, share=100)
    with clock.standing_at(world.dawn - timedelta(days=2)):
        return services.propose_framework(acting(party), party=party, fields=fields)


def _negotiated(world: World, party: Party) -> Framework:
    fields = _fields(world, party, first=1, months=12, share=130)
    with clock.standing_at(world.dawn - timedelta(days=4)):
        framework = services.propose_framework(_keeper(), party=party, fields=fields)
    with clock.standing_at(world.dawn - timedelta(days=1)):
        lower = _fields(world, party, first=1, months=12, share=110, note="按去年实际略加。")
        services.counter_framework(acting(party), framework=framework, fields=lower)
    return framework


def _to_begin(world: World, party: Party) -> Framework:
    return _signed(world, party, first=1, months=12, share=110)


def _behind(world: World, party: Party) -> Framework:
    """Its targets are far above what it sells."""
    framework = _signed(world, party, first=-4, months=12, share=170)
    _begin(framework)
    return framework


def _renewed(world: World, party: Party) -> Framework:
    """Half a year that was reviewed, and its renewal, which runs."""
    framework = _signed(world, party, first=-8, months=6, share=95)
    _begin(framework)
    with clock.standing_at(_at(framework.ends_on - timedelta(days=10))):
        services.count_frameworks(DEMO)
        fields = selectors.renewal_of(framework)
        renewal = services.propose_framework(
            _keeper(), party=party, fields=fields, before=framework
        )
    with clock.standing_at(_at(framework.ends_on - timedelta(days=7))):
        services.accept_framework(acting(party), framework=renewal)
    _begin(renewal)
    _review(framework, "半年目标完成，返点阶梯延续。")
    return framework


def _reviewed(world: World, party: Party) -> Framework:
    """Over for some weeks; its renewal may be proposed."""
    framework = _signed(world, party, first=-7, months=6, share=90)
    _begin(framework)
    _review(framework, "目标基本完成，续签条款待谈。")
    return framework


def _ended(world: World, party: Party) -> Framework:
    framework = _signed(world, party, first=-6, months=12, share=120)
    _begin(framework)
    with clock.standing_at(_at(_month(world, -2) + timedelta(days=9))):
        services.end_framework(
            _keeper(), framework=framework, closing="机构调整业务方向，双方同意提前终止。"
        )
    return framework


def _declined(world: World, party: Party) -> Framework:
    fields = _fields(world, party, first=0, months=12, share=180)
    with clock.standing_at(_at(_month(world, 0) - timedelta(days=20))):
        framework = services.propose_framework(_keeper(), party=party, fields=fields)
    with clock.standing_at(_at(_month(world, 0) - timedelta(days=16))):
        services.decline_framework(acting(party), framework=framework, why="目标过高，明年再谈。")
    return framework


STORIES: Sequence[Callable[[World, Party], Framework]] = (
    *(_running, _proposed, _negotiated, _to_begin, _behind),
    *(_renewed, _reviewed, _ended, _declined),
)


def _signed(
    world: World,
    party: Party,
    *,
    first: int,
    months: int,
    share: int,
    is_countered: bool = False,
) -> Framework:
    fields = _fields(world, party, first=first, months=months, share=share)
    start = min(_at(fields.starts_on - timedelta(days=20)), world.dawn - timedelta(days=9))
    asks, answers = _keeper(), acting(party)
    with clock.standing_at(start):
        framework = services.propose_framework(asks, party=party, fields=fields)
    if is_countered:
        lower = _fields(world, party, first=first, months=months, share=share - 8, note=PLANNED)
        with clock.standing_at(start + timedelta(days=3)):
            services.counter_framework(answers, framework=framework, fields=lower)
        asks, answers = answers, asks
    with clock.standing_at(start + timedelta(days=6)):
        return services.accept_framework(answers, framework=framework)


def _begin(framework: Framework) -> None:
    with clock.standing_at(_at(framework.starts_on, 1)):
        services.begin_frameworks(DEMO)


def _meet(world: World, framework: Framework, *, first: int) -> None:
    """The first meeting of the paper, with one item done and one to do."""
    meeting = framework.meetings.planned().order_by("planned_on").first()
    held = meeting.planned_on if meeting else None
    if meeting is None or held is None or held >= world.today:
        return
    decisions = (
        DecisionFields("每周增加两场品牌专场", "agency", "运营负责人", held + timedelta(days=20)),
        DecisionFields("开放基地优先排期", "platform", "客户经理", held + timedelta(days=30)),
        DecisionFields(
            "补充食品类目达人", "agency", "招募负责人", max(held, world.today) + timedelta(days=6)
        ),
    )
    with clock.standing_at(_at(held, 15)):
        fields = MinutesFields(held, MINUTES, decisions)
        meeting = services.record_framework_meeting(_keeper(), meeting=meeting, fields=fields)
    done = meeting.decisions.order_by("due_on").first()
    if done is not None:
        moment = min(_at(done.due_on - timedelta(days=2)), world.dawn - timedelta(hours=6))
        with clock.standing_at(moment):
            services.settle_framework_decision(
                acting(framework.party), decision=done, status="done", outcome="已加场，成交稳定。"
            )


def _review(framework: Framework, closing: str) -> None:
    """Its last meeting after the last day, then how it came out."""
    meeting = framework.meetings.planned().order_by("-planned_on").first()
    with clock.standing_at(_at(framework.ends_on + timedelta(days=4))):
        if meeting is not None:
            fields = MinutesFields(framework.ends_on + timedelta(days=2), MINUTES)
            services.record_framework_meeting(_keeper(), meeting=meeting, fields=fields)
        services.review_framework(_keeper(), framework=framework, closing=closing)


def _fields(
    world: World, party: Party, *, first: int, months: int, share: int, note: str = ""
) -> FrameworkFields:
    """Each month `share` percent of what is between what it came to and the mean of all."""
    starts_on = _month(world, first)
    numbers = range(first, first + months)
    sold = _sold(world, party)
    mean = sum(sold.values()) // LOOKED_BACK
    random = Random(f"framework:{party.name}")
    usual = [(sold.get(_month(world, n), 0) + mean) // 2 if n < 0 else mean for n in numbers]
    targets = [_plain(fen * (share + random.randint(-6, 6)) // 100) for fen in usual]
    top = max(targets)
    return FrameworkFields(
        starts_on=starts_on,
        targets=targets,
        bands=[(_plain(top // 2), 50), (_plain(top), 100), (None, 150)],
        meetings=_meetings(starts_on, months),
        extras=EXTRAS,
        note=note,
    )


def _sold(world: World, party: Party) -> dict[date, int]:
    """What its last whole months came to."""
    since = Framework(party=party, starts_on=_month(world, -LOOKED_BACK))
    found = month_sums([since], world.today)
    known = {month.first_day: row.net_fen for (_agency, month), row in found.items()}
    return {day: known.get(day, 0) for n in range(-LOOKED_BACK, 0) if (day := _month(world, n))}


def _meetings(starts_on: date, months: int) -> list[date]:
    """In the middle of every third month, and after the end."""
    at = starts_on.year * 12 + starts_on.month - 1
    after = [*range(3, months, 3), months]
    return [date((at + n) // 12, (at + n) % 12 + 1, 15) for n in after]


def _plain(fen: int) -> int:
    """Whole ten thousands of yuan, or whole hundreds of a small world's sales."""
    unit = WAN if fen >= 10 * WAN else 10_000
    return max(unit, fen // unit * unit)


def _month(world: World, months: int) -> date:
    at = world.today.year * 12 + world.today.month - 1 + months
    return Month(at // 12, at % 12 + 1).first_day


def _at(day: date, hour: int = 10) -> datetime:
    return datetime.combine(day, time(hour), clock.SHANGHAI)
