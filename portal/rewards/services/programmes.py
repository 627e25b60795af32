"""Seasons: begun, and taken over for the next one."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta

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
    the first days. Its pools are open and empty: a budget is agreed anew."""
    flawless(rules.flaws_of_first_day(starts_on)).require()
    moved = starts_on - programme.starts_on
    fields = ProgrammeFields(
        code=code,
        name_zh=name_zh,
        name_en=name_en,
        starts_on=starts_on,
        ends_on=programme.ends_on + moved,
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
    tasks = programme.tasks.prefetch_related("steps").order_by("pk")
    for task in tasks:
        _clone_task(actor, task, made, pools[task.unit].pk, moved)
    audit.record(
        actor, "clone_programme", made, after={"from": programme.code, "tasks": len(tasks)}
    )
    return made


def _clone_task(
    actor: Actor, task: Task, programme: Programme, pool_id: int, moved: timedelta
) -> None:
    made = Task(
        code=_new_code(task.code, programme),
        programme=programme,
        pool_id=pool_id,
        opens_at=task.opens_at + moved,
        closes_at=task.closes_at + moved,
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


def _new_code(code: str, programme: Programme) -> str:
    """The old one with the new season's number, so that two seasons can be told apart."""
    stem = f"{code[:36]}-{programme.pk}"
    taken = Task.objects.filter(code__startswith=stem).count()
    return stem if not taken else f"{stem}-{taken + 1}"
