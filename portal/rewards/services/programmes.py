"""Seasons: begun, and taken over for the next one."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime, timedelta

from django.db import transaction

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import flawless
from portal.rewards import rules
from portal.rewards.fields import ProgrammeFields
from portal.rewards.models import Programme, Task, TaskStep
from portal.rewards.services.budgets import open_pool
from portal.rewards.states import TaskStatus

COPIED = (
    *("title_zh", "title_en", "text_zh", "text_en", "indicator", "line", "kinds", "sizes"),
    *("services", "least_stars", "most_stars", "least_score", "most_score", "least_followers"),
    *("most_followers", "quota", "begin_days", "finish_days", "check_by", "hold", "unit"),
    *("amount", "coupon_kind_id"),
)


@transaction.atomic
def create_programme(actor: Actor, *, fields: ProgrammeFields) -> Programme:
    rules.can_edit_tasks(actor).require()
    flawless(rules.flaws_of_programme(fields)).require()
    programme = Programme.objects.create(**asdict(fields), created_at=clock.now())
    audit.record(actor, "create_programme", programme, after={"code": programme.code})
    return programme


@transaction.atomic
def clone_programme(
    actor: Actor, *, programme: Programme, code: str, name_zh: str, name_en: str, starts_on: date
) -> Programme:
    """The same tasks for the next season, all of them drafts, moved by as many days as lie between
    the first days; what closes on the last day closes on the new one. Whole months stay whole
    months. Its pools are open and empty: a budget is agreed anew."""
    flawless(rules.flaws_of_first_day(starts_on)).require()
    fields = ProgrammeFields(
        code=code,
        name_zh=name_zh,
        name_en=name_en,
        starts_on=starts_on,
        ends_on=_last_day(programme, starts_on),
        text_zh=programme.text_zh,
        text_en=programme.text_en,
        team=programme.team,
    )
    made = create_programme(actor, fields=fields)
    made.cloned_from = programme
    made.save(update_fields=["cloned_from"])
    pools = {
        pool.unit: open_pool(actor, programme=made, unit=pool.unit)
        for pool in programme.pools.order_by("pk")
    }
    tasks = programme.tasks.select_related("programme").prefetch_related("steps").order_by("pk")
    for task in tasks:
        _clone_task(actor, task, made, pools[task.unit].pk)
    audit.record(
        actor, "clone_programme", made, after={"from": programme.code, "tasks": len(tasks)}
    )
    return made


def _last_day(programme: Programme, starts_on: date) -> date:
    first, after = programme.starts_on, programme.ends_on + timedelta(days=1)
    if {first.day, after.day, starts_on.day} != {1}:
        return programme.ends_on + (starts_on - first)
    month = starts_on.year * 12 + starts_on.month - 1
    month += (after.year - first.year) * 12 + after.month - first.month
    return date(month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _clone_task(actor: Actor, task: Task, programme: Programme, pool_id: int) -> None:
    opens, closes = _times(task, programme)
    made = Task(
        code=_new_code(task.code, programme),
        programme=programme,
        pool_id=pool_id,
        opens_at=opens,
        closes_at=closes,
        status=TaskStatus.DRAFT,
        created_at=clock.now(),
        created_by=actor.user,
        cloned_from=task,
        **{name: getattr(task, name) for name in COPIED},
    )
    made.save(force_insert=True)
    TaskStep.objects.bulk_create(
        TaskStep(
            task=made,
            position=step.position,
            event=step.event,
            fold=step.fold,
            target=step.target,
            scope=step.scope,
            since=step.since,
        )
        for step in task.steps.all()
    )


def _times(task: Task, programme: Programme) -> tuple[datetime, datetime]:
    season = task.programme
    moved, ended = programme.starts_on - season.starts_on, programme.ends_on - season.ends_on
    is_to_the_end = clock.day_of(task.closes_at) == season.ends_on
    closes = task.closes_at + (ended if is_to_the_end else min(moved, ended))
    opens = task.opens_at + moved
    return (opens if opens < closes else task.opens_at + ended), closes


def _new_code(code: str, programme: Programme) -> str:
    """The old one with the new season's number, so that two seasons can be told apart."""
    stem = f"{code[:36]}-{programme.pk}"
    taken = Task.objects.filter(code__startswith=stem).count()
    return stem if not taken else f"{stem}-{taken + 1}"
