"""Seasons of a quarter each, with two pools and forty tasks; budgets are agreed by two people."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zlib import crc32

from portal.core import clock, outbox
from portal.core.actor import OPERATOR, Actor
from portal.parties.demo import World, demo_user
from portal.rewards import services
from portal.rewards.demo.stories import COUPONS, Story, stories
from portal.rewards.fields import Audience, ProgrammeFields, TaskFields
from portal.rewards.models import CouponKind, Pool, Programme, Task
from portal.rewards.states import CouponScope, Unit

BACK = (3, 2, 1, 0)  # quarters before this one
TINY = 0.005  # a world so small has the last two of them
BEFORE = timedelta(days=12)  # a season is written so long before it begins
NAMES = {1: ("春季", "Spring"), 2: ("夏季", "Summer"), 3: ("秋季", "Autumn"), 4: ("冬季", "Winter")}
# Of what all rewards of a season would cost: some pools are ample, one ran nearly dry. At the full
# size about 60 percent of it is granted; while a season runs, all that is claimed is put aside.
AMPLE = {3: 80, 2: 66, 1: 90, 0: 100}
WHY, MORE = "按本季任务与奖励数量测算", "报名超出预期，追加预算"


def seasons_back(scale: float) -> tuple[int, ...]:
    return BACK if scale >= TINY else BACK[-2:]


def person(login: str) -> Actor:
    return Actor(user=demo_user(login), party=None, role=OPERATOR, via="demo")


def first_day(today: date, back: int) -> date:
    """Of the quarter so many before this one; −1 is the next."""
    months = today.year * 12 + (today.month - 1) // 3 * 3 - 3 * back
    return date(months // 12, months % 12 + 1, 1)


def code_of(world: World, back: int) -> str:
    first = first_day(world.today, back)
    return f"{first.year}-q{(first.month + 2) // 3}"


def make_kinds(_world: World) -> None:
    """The coupons that tasks give."""
    for code, (zh, en, face, days) in COUPONS.items():
        scope = CouponScope.LIVE if "live" in en else CouponScope.ANY
        said = {"name_zh": zh, "name_en": en, "face": face, "scope": scope, "valid_days": days}
        CouponKind.objects.get_or_create(code=code, defaults=said)


def write_season(world: World, back: int, scale: float) -> tuple[Programme, list[Task]]:
    """With its pools filled and its tasks published, as it stood on its first day."""
    first, told = first_day(world.today, back), stories()
    moment = datetime.combine(first, time(10), clock.SHANGHAI) - BEFORE
    with outbox.born_delivered(), clock.standing_at(moment):
        season = services.create_programme(person("operator"), fields=_fields(world, back))
        pools = {unit: _pool(season, unit) for unit in Unit}
        tasks = [_written(season, story, scale) for story in told]
    for unit, pool in pools.items():
        whole = sum(task.amount * task.quota for task in tasks if task.unit == unit)
        _fill(pool, whole * AMPLE[back] // 100, moment + timedelta(days=1))
    with outbox.born_delivered(), clock.standing_at(moment + timedelta(days=3)):
        services.open_season(person("operator"), programme=season)
    return season, list(Task.objects.filter(programme=season).whole().order_by("pk"))


def _fields(world: World, back: int) -> ProgrammeFields:
    first, after = first_day(world.today, back), first_day(world.today, back - 1)
    zh, en = NAMES[(first.month + 2) // 3]
    return ProgrammeFields(
        code=code_of(world, back),
        name_zh=f"{first.year} {zh}成长任务",
        name_en=f"{en} tasks {first.year}",
        starts_on=first,
        ends_on=after - timedelta(days=1),
        text_zh="各类主体、各种规模都有可以领取的任务。",
        text_en="Something to claim for every kind and every size.",
    )


def _pool(season: Programme, unit: str) -> Pool:
    return services.open_pool(person("operator"), programme=season, unit=unit)


def _fill(pool: Pool, amount: int, moment: datetime) -> None:
    """First most of it, then more once it proved too little."""
    first = amount * 4 // 5
    for part, why, later in ((first, WHY, 0), (amount - first, MORE, 1)):
        with outbox.born_delivered(), clock.standing_at(moment + timedelta(hours=later)):
            change = services.propose_budget(person("operator"), pool=pool, amount=part, reason=why)
        with outbox.born_delivered(), clock.standing_at(moment + timedelta(hours=later + 0.5)):
            services.approve_budget(person("checker"), change=change)


def _written(season: Programme, story: Story, scale: float) -> Task:
    return services.create_task(
        person("operator"), programme=season, fields=task_fields(season, story, scale)
    )


def task_fields(season: Programme, story: Story, scale: float) -> TaskFields:
    opens = datetime.combine(season.starts_on, time(10), clock.SHANGHAI)
    closes = datetime.combine(season.ends_on, time(20), clock.SHANGHAI)
    is_coupon = story.unit == Unit.COUPON
    kind = CouponKind.objects.get(code=story.reward).pk if is_coupon else None
    return TaskFields(
        code=f"{season.code}-{story.name}",
        title_zh=story.title_zh,
        title_en=story.title_en,
        text_zh=story.text_zh,
        text_en=story.text_en,
        audience=Audience(
            kinds=[story.kind.value],
            sizes=list(story.sizes),
            least_followers=story.least_followers,
            most_followers=story.most_followers,
        ),
        steps=story.steps,
        quota=max(4, round(story.quota * min(scale, 1) * 1.2)),
        opens_at=opens + timedelta(days=crc32(story.name.encode()) % 10),
        closes_at=closes,
        begin_days=14,
        finish_days=story.days,
        unit=story.unit,
        amount_fen=story.reward if isinstance(story.reward, int) else 0,
        coupon_kind=kind,
        check_by=story.check_by,
        hold=story.hold,
        indicator=story.indicator,
        line=story.line,
    )


def write_next(world: World) -> None:
    """The next season: taken over from this one, all of it drafts, its budget waits."""
    season = Programme.objects.get(code=code_of(world, 0))
    first = first_day(world.today, -1)
    zh, en = NAMES[(first.month + 2) // 3]
    with outbox.born_delivered(), clock.standing_at(world.dawn - timedelta(hours=20)):
        made = services.clone_programme(
            person("operator"),
            programme=season,
            code=code_of(world, -1),
            name_zh=f"{first.year} {zh}成长任务",
            name_en=f"{en} tasks {first.year}",
            starts_on=first,
        )
        pool = made.pools.get(unit=Unit.CASH)
        services.propose_budget(
            person("operator"),
            pool=pool,
            amount=season.pools.get(unit=Unit.CASH).budget,
            reason=WHY,
        )
