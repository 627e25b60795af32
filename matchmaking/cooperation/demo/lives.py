"""What became of the demo's cooperations: begun, kept or late, ended; through the
services, by both sides' own people, each at its time and none later than the world's day."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from matchmaking.cooperation import services
from matchmaking.cooperation.demo.parts import of_part
from matchmaking.cooperation.fields import EndingFields, ObligationFields
from matchmaking.cooperation.models import Cooperation, Obligation
from matchmaking.cooperation.states import CooperationStatus, EndReason
from portal.core import clock, outbox
from portal.core.actor import Actor
from portal.core.verdict import Refused
from portal.parties.demo import DEMO, World, acting, at_work

BUYER = ("寄送样品 20 件", "开通店铺子账号", "提供商品卖点与禁用语", "备足首月库存")
SELLER = ("提交首月排期", "完成直播间搭建", "提交首周复盘", "提交月度复盘报告")
OWING = 3  # one in so many writes obligations down


def live_cooperations(world: World, *, part: int, of: int) -> None:
    """Those of one part, from the day they were agreed to the world's day."""
    agreed = Cooperation.objects.filter(status=CooperationStatus.ACCEPTED)
    with outbox.born_delivered():
        for cooperation in of_part(agreed, part, of).select_related("merchant", "provider"):
            _live(world, cooperation)


def _live(world: World, cooperation: Cooperation) -> None:
    random = Random(f"{cooperation.title}:{cooperation.agreed_at}")
    if cooperation.starts_on >= world.today:
        return
    with clock.standing_at(at_work(cooperation.starts_on, random)):
        services.start_cooperation(DEMO, cooperation.pk)
    cooperation.refresh_from_db()
    sides = acting(cooperation.merchant), acting(cooperation.provider)
    if random.randrange(OWING) == 0:
        _owe(world, cooperation, sides, random)
    if (notice := notice_of(world, cooperation)) is not None:
        _leave(world, cooperation, sides[notice.side], notice)
    last = at_work(cooperation.ends_on, random)
    if last < world.dawn:
        with clock.standing_at(last):
            services.end_term(DEMO, cooperation.pk)


def _owe(
    world: World, cooperation: Cooperation, sides: tuple[Actor, Actor], random: Random
) -> None:
    """A few things of each side; most in time, some late, the newest still open."""
    duties = [
        (side, title)
        for side, titles in zip(sides, (BUYER, SELLER), strict=True)
        for title in random.sample(titles, 2)
    ]
    for side, title in duties:
        due = cooperation.starts_on + timedelta(days=random.randint(3, 40))
        written = at_work(cooperation.starts_on + timedelta(days=1), random)
        if written >= world.dawn or due > cooperation.ends_on:
            continue
        with clock.standing_at(written):
            fields = ObligationFields(title, due, is_ours=True)
            duty = services.add_obligation(side, cooperation=cooperation, fields=fields)
        other = sides[1] if side is sides[0] else sides[0]
        _keep(world, duty, side, other, random)


def _keep(world: World, duty: Obligation, side: Actor, other: Actor, random: Random) -> None:
    late = random.randint(1, 6) if random.random() < 0.15 else -random.randint(0, 2)
    done = at_work(duty.due_on + timedelta(days=late), random)
    with suppress(Refused):  # it may have ended before
        if done < world.dawn:
            with clock.standing_at(done):
                services.finish_obligation(side, obligation=duty, note="已完成")
        confirmed = done + timedelta(days=random.randint(1, 3))
        if confirmed < world.dawn:
            with clock.standing_at(confirmed):
                services.confirm_obligation(other, obligation=duty)


@dataclass(frozen=True, slots=True)
class Notice:
    """`side`: of the two, who gives it; `effective`: the last day."""

    side: int
    said: datetime
    effective: date
    ends_at: datetime
    reason: EndReason


def notice_of(world: World, cooperation: Cooperation) -> Notice | None:
    """One in fourteen is left some weeks after its beginning. Drawn by a stream of its own: its
    orders are made before it is lived, and stop there."""
    random = Random(f"notice:{cooperation.title}:{cooperation.agreed_at}")
    if random.random() >= 0.07:
        return None
    side, day = random.randrange(2), cooperation.starts_on + timedelta(days=random.randint(20, 60))
    effective = day + timedelta(days=cooperation.notice_days)
    said = at_work(day, random)
    if said >= world.dawn or effective >= cooperation.ends_on:
        return None
    reason = random.choice((EndReason.RESULTS, EndReason.COST, EndReason.PLANS))
    return Notice(side, said, effective, at_work(effective, random), reason)


def _leave(world: World, cooperation: Cooperation, side: Actor, notice: Notice) -> None:
    with clock.standing_at(notice.said):
        fields = EndingFields(notice.reason, "双方沟通后决定调整方向。", notice.effective)
        services.end_cooperation(side, cooperation=cooperation, fields=fields)
    if notice.ends_at < world.dawn:
        with clock.standing_at(notice.ends_at):
            services.terminate_due(DEMO, cooperation.pk)
