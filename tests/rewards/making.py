"""A season with pools, tasks in it, and parties on their way through them."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from portal.core import clock
from portal.core.actor import Actor
from portal.parties.models import Party
from portal.rewards import services
from portal.rewards.fields import Audience, ProgrammeFields, StepFields, TaskFields
from portal.rewards.models import Claim, ClaimStep, CouponKind, Pool, Programme, Task
from portal.rewards.services.giving_back import move_places, move_pools
from portal.rewards.states import EntryKind, StepEvent
from tests.conftest import Person, staff_person
from tests.factories import SYSTEM
from tests.seats.making import parties

__all__ = ["parties"]
_numbers = count(1)
REWARD, FACE, BUDGET = 10_000, 500, 10**8


def finance() -> tuple[Person, Person]:
    return staff_person("finance maker"), staff_person("finance checker")


def season(budget: int = BUDGET, **changes: Any) -> Programme:
    """With a pool of each kind, both of this budget."""
    number, today = next(_numbers), clock.today()
    fields: dict[str, Any] = {
        "code": f"season-{number}",
        "name_zh": f"第{number}赛季",
        "name_en": f"Season {number}",
        "starts_on": today - timedelta(days=30),
        "ends_on": today + timedelta(days=90),
    }
    programme = services.create_programme(SYSTEM, fields=ProgrammeFields(**(fields | changes)))
    for unit in ("cash", "coupon"):
        raised(services.open_pool(SYSTEM, programme=programme, unit=unit), budget)
    return programme


def raised(pool: Pool, amount: int) -> Pool:
    change = services.propose_budget(SYSTEM, pool=pool, amount=amount, reason="赛季预算")
    services.approve_budget(SYSTEM, change=change)
    pool.refresh_from_db()
    return pool


def coupon_kind(**changes: Any) -> CouponKind:
    fields: dict[str, Any] = {
        "code": f"coupon-{next(_numbers)}",
        "name_zh": "直播流量券",
        "name_en": "Live traffic",
        "face": FACE,
        "valid_days": 30,
    }
    return CouponKind.objects.create(**(fields | changes))


def task_fields(**changes: Any) -> TaskFields:
    now = clock.now()
    fields: dict[str, Any] = {
        "code": f"task-{next(_numbers)}",
        "title_zh": "一周开播三天",
        "title_en": "Three days live",
        "text_zh": "七天内开播三天。",
        "text_en": "Go live on three days within seven.",
        "audience": Audience(kinds=("creator", "provider")),
        "steps": (StepFields(event=StepEvent.LIVE, target=3),),
        "quota": 100,
        "opens_at": now - timedelta(hours=1),
        "closes_at": now + timedelta(days=30),
        "finish_days": 7,
        "unit": "cash",
        "amount_fen": REWARD,
    }
    return TaskFields(**(fields | changes))


def task_of(programme: Programme | None = None, **changes: Any) -> Task:
    """Published."""
    made = services.create_task(
        SYSTEM, programme=programme or season(), fields=task_fields(**changes)
    )
    return services.publish_task(SYSTEM, task=made)


def narrowed(**changes: Any) -> Task:
    """For some of a size, beside one for everybody: a season leaves no size with nothing."""
    return task_of(task_of().programme, **changes)


def coupon_task(programme: Programme | None = None, **changes: Any) -> Task:
    kind = coupon_kind()
    return task_of(programme, unit="coupon", coupon_kind=kind.pk, amount_fen=0, **changes)


def claimed(task: Task, party: Party, actor: Actor = SYSTEM) -> Claim:
    return services.claim_task(actor, task=task, party=party)


def went_live(party: Party, days: int = 3, at: datetime | None = None, start: int = 0) -> None:
    for day in range(start, start + days):
        services.record_step(
            SYSTEM,
            party=party,
            event=StepEvent.LIVE,
            ref=f"live/{party.pk}/{day}",
            at=at or clock.now(),
        )


def handed_in(task: Task, party: Party) -> Claim:
    """All steps reached, and with an operator."""
    claim = claimed(task, party)
    went_live(party)
    claim.refresh_from_db()
    return services.submit_claim(SYSTEM, claim=claim)


def many_handed_in(task: Task, number: int) -> list[Claim]:
    """Quickly: the rows that as many claims, and all their records, would have written."""
    now = clock.now()
    claims = [
        Claim(
            task=task,
            party=party,
            status="submitted",
            standing="reserved",
            amount=task.amount,
            claimed_at=now - timedelta(days=1),
            kept_until=now + timedelta(days=7),
            due_at=now + timedelta(days=6),
            finished_at=now,
            submitted_at=now,
        )
        for party in parties(number)
    ]
    Claim.objects.bulk_create(claims)
    [step] = task.steps.all()
    ClaimStep.objects.bulk_create(
        ClaimStep(claim=claim, step=step, done=step.target, reached_at=now) for claim in claims
    )
    move_places(claims, 1)
    move_pools(SYSTEM, [(claim, EntryKind.RESERVE, claim.amount) for claim in claims])
    return claims
