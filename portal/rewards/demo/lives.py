"""Who claims a season's tasks and how far each comes: what they did is written down, and the rules
say what came of it. Then rewards are granted week by week, and coupons are spent or end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from random import Random
from zlib import crc32

from django.db import transaction

from portal.core import clock, outbox
from portal.core.actor import system_actor
from portal.parties.demo import World, cast_party, demo_user
from portal.parties.models import Party, User
from portal.parties.states import TRUSTED, PartyKind
from portal.rewards import facts, rules
from portal.rewards.demo.fates import CAST, Fate, drawn_fate
from portal.rewards.demo.seasons import write_season
from portal.rewards.demo.sequels import follow_up
from portal.rewards.engine import THRESHOLDS, Sign
from portal.rewards.fields import StepSaid
from portal.rewards.models import Claim, Task
from portal.rewards.rules import Who
from portal.rewards.services.bringing import Answer, ClaimLife, bring_claims
from portal.rewards.services.giving_back import lock_claims
from portal.rewards.services.granting import grant_locked
from portal.rewards.states import ClaimStatus, Fold, Standing

DEMO = system_actor("demo")
CLAIMS = 9_400  # of a season at full size
SHARES = {
    PartyKind.CREATOR: 0.62,
    PartyKind.PROVIDER: 0.2,
    PartyKind.AGENCY: 0.11,
    PartyKind.MERCHANT: 0.07,
}
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
PARTS = 4  # records of a step that sums up
ODD, FAILS = 25, 9  # one of so many
REASONS = (
    "提交的订单里有同一买家的重复购买，这些订单不计。",
    "其中两单在完成后又全额退款，按规则不计入。",
    "课程由他人代学，学习记录与账号不符。",
    "会面记录显示对方未到场，不能算作已进行的会面。",
)


@transaction.atomic
def make_season(world: World, *, back: int, scale: float) -> None:
    """A step of the load: a season from its budget to its last coupon."""
    _season, tasks = write_season(world, back, scale)
    operator = demo_user("operator")
    lives: list[ClaimLife] = []
    for kind, some in groupby(tasks, key=lambda task: task.kinds[0]):
        kind_of = PartyKind(kind)
        of_kind = list(some)
        everybody = _everybody(kind_of)
        wanted = max(1, round(CLAIMS * scale * SHARES[kind_of] / len(of_kind)))
        for task in of_kind:
            lives += _lives(world, back, task, everybody, wanted, operator)
    with outbox.born_delivered(), clock.standing_at(world.dawn):
        claims = bring_claims(DEMO, lives=lives)
        _grant(world, claims)
        follow_up(world, back, claims)


def _everybody(kind: PartyKind) -> list[Who]:
    rows = Party.objects.filter(kind=kind, status__in=TRUSTED, sandbox_of=None)
    return list(rules.who_are(list(rows)).values())


def _lives(
    world: World, back: int, task: Task, everybody: Sequence[Who], wanted: int, operator: User
) -> Iterator[ClaimLife]:
    """Those for whom it is, by a number drawn of their names; the guide's first, where their turn
    is."""
    if task.opens_at + DAY >= world.dawn:
        return  # it opens later
    story = task.code.split("-", 2)[2]
    cast = cast_party(PartyKind(task.kinds[0]))
    fate = CAST.get((back, story))
    suiting = [who.party for who in everybody if rules.suits(task, who)]
    others = [party for party in suiting if party.pk != cast.pk]
    others.sort(key=lambda party: _draw(f"{task.code}:{party.name}"))
    most = min(wanted, task.quota - 2)
    if fate is not None and any(party.pk == cast.pk for party in suiting):
        yield _life(world, task, cast, fate, operator, 0)
    for place, party in enumerate(others[:most], start=1):
        drawn = drawn_fate(Random(_draw(f"fate:{task.code}:{party.name}")))
        yield _life(world, task, party, drawn, operator, place)


def _draw(words: str) -> int:
    return crc32(words.encode())


def _life(
    world: World, task: Task, party: Party, fate: Fate, operator: User, place: int
) -> ClaimLife:
    random = Random(_draw(f"{task.code}:{party.name}"))
    last = min(task.closes_at, world.dawn - 3 * HOUR)
    span = max((last - task.opens_at).total_seconds(), 3600.0)
    share = fate.begins if fate.begins is not None else random.random() ** 1.3
    claimed = task.opens_at + timedelta(seconds=span * share)
    finished = claimed + DAY * task.finish_days * fate.pace
    records = list(_records(task, party, claimed, finished, fate.done, world.dawn, place, random))
    answered = finished + timedelta(days=2 + random.random() * 4)
    fails = fate.fails if fate.fails is not None else random.randrange(FAILS) == 0
    odd = fate.odd if fate.odd is not None else random.randrange(ODD) == 0
    reason = REASONS[random.randrange(len(REASONS))] if fails else ""
    return ClaimLife(
        task=task,
        party=party,
        claimed_at=claimed,
        records=records,
        withdrawn_at=claimed + 6 * DAY if fate.gives_up else None,
        answer=None if fate.waits else Answer(answered, operator, reason),
        signs=[_sign(random)] if odd else [],
    )


def _sign(random: Random) -> tuple[str, int, int]:
    sign = (Sign.ONE_BUYER, Sign.REFUNDED_SOON, Sign.BURST)[random.randrange(3)]
    threshold = THRESHOLDS[sign]
    value = min(100, threshold + random.randrange(1, 18))
    return sign.value, 1000 * value, 1000 * threshold


def _records(
    task: Task,
    party: Party,
    since: datetime,
    until: datetime,
    done: float,
    dawn: datetime,
    place: int,
    random: Random,
) -> Iterator[StepSaid]:
    """As much of each step as they come to, spread over the time; none that is still to come."""
    for step in task.steps.all():
        amounts = _amounts(step.fold, step.target, done, random)
        gap = (until - since) / (len(amounts) + 1)
        for number, amount in enumerate(amounts, start=1):
            at = since + gap * number if number < len(amounts) else until - HOUR
            if since < at <= dawn:
                ref = f"{task.code}/{place}/{step.position}/{number}"
                yield StepSaid(party.pk, step.event, ref, at, amount, step.scope)


def _amounts(fold: str, target: int, done: float, random: Random) -> list[int]:
    if fold == Fold.COUNT:
        return [1] * int(target * done)
    total = int(target * done * (1 + 0.2 * random.random()))
    total = max(total, target) if done >= 1 else min(total, target - 1)
    parts = min(PARTS, total)
    return [total // parts] * (parts - 1) + [total - total // parts * (parts - 1)] if parts else []


def _grant(world: World, claims: Sequence[Claim]) -> None:
    """Week by week, as they passed."""
    passed = [
        claim
        for claim in claims
        if claim.status == ClaimStatus.PASSED and claim.standing == Standing.RESERVED
    ]
    passed.sort(key=lambda claim: (_week(claim), str(claim.pk)))
    for _year_and_week, some in groupby(passed, key=_week):
        week = list(some)
        last = max(claim.decided_at for claim in week if claim.decided_at)
        with clock.standing_at(min(last + 6 * HOUR, world.dawn)):
            grant_locked(DEMO, lock_claims([claim.pk for claim in week]))


def _week(claim: Claim) -> tuple[int, int]:
    ended = clock.day_of(claim.decided_at or claim.claimed_at).isocalendar()
    return ended.year, ended.week


def tell_facts(world: World) -> None:
    """What the evaluation reads of them: whether each was done by its date."""
    with outbox.born_delivered(), clock.standing_at(world.dawn):
        while facts.record_task_facts(DEMO):
            pass
