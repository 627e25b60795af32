"""Tasks: written, published, closed."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import Flaw, Refused, conflict, flawless
from portal.rewards import rules
from portal.rewards.fields import TaskFields
from portal.rewards.models import CouponKind, Pool, Programme, Task, TaskStep
from portal.rewards.services.remedies import refresh_remedies
from portal.rewards.states import TASK_TRANSITIONS, TaskStatus, Unit


@transaction.atomic
def create_task(actor: Actor, *, programme: Programme, fields: TaskFields) -> Task:
    rules.can_edit_tasks(actor).require()
    flawless(rules.flaws_of_task(fields, programme, None)).require()
    task = Task(programme=programme, created_at=clock.now(), created_by=actor.user)
    _write(task, fields)
    audit.record(actor, "create_task", task, after=_said(task))
    return task


@transaction.atomic
def change_task(actor: Actor, *, task: Task, fields: TaskFields) -> Task:
    """A draft; what was published stays as it was promised."""
    task = _lock(task)
    rules.can_edit_task(actor, task).require()
    flawless(rules.flaws_of_task(fields, task.programme, task)).require()
    before = _said(task)
    task.steps.all().delete()
    _write(task, fields)
    audit.record(actor, "change_task", task, before=before, after=_said(task))
    return task


@transaction.atomic
def publish_task(actor: Actor, *, task: Task) -> Task:
    task = _lock(task)
    rules.can_publish_task(actor, task).require()
    task.published_at = clock.now()
    _change_status(actor, task, TaskStatus.PUBLISHED, "publish_task")
    refresh_remedies(actor)
    return task


@transaction.atomic
def open_season(actor: Actor, *, programme: Programme) -> int:
    """All its drafts at once, or none; how many were published."""
    rows = Task.objects.select_for_update(of=("self",), no_key=True)
    drafts = rows.filter(programme=programme, status=TaskStatus.DRAFT).order_by("pk")
    tasks = list(drafts)
    rules.can_open_season(actor, programme).require()
    for task in tasks:
        task.published_at = clock.now()
        _change_status(actor, task, TaskStatus.PUBLISHED, "publish_task")
    audit.record(actor, "open_season", programme, after={"tasks": len(tasks)})
    refresh_remedies(actor)
    return len(tasks)


@transaction.atomic
def close_task(actor: Actor, *, task: Task, reason: str) -> Task:
    """Nobody claims it any more; who is on the way finishes as promised."""
    task = _lock(task)
    rules.can_close_task(actor, task).require()
    if not 1 <= len(reason.strip()) <= 300:
        raise Refused(flawless([Flaw("reason", _("Say why, in up to 300 characters."))]))
    task.closed_at, task.close_reason = clock.now(), reason.strip()
    _change_status(actor, task, TaskStatus.CLOSED, "close_task", why=task.close_reason)
    refresh_remedies(actor)
    return task


def _lock(task: Task) -> Task:
    rows = Task.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("programme", "pool", "coupon_kind").get(pk=task.pk)


def _change_status(
    actor: Actor, task: Task, status: TaskStatus, verb: str, *, why: str = ""
) -> None:
    if status not in TASK_TRANSITIONS[task.status]:
        raise Refused(conflict(_("This is not possible in the task's present state.")))
    before, task.status = task.status, status
    # Never `taken`: whoever claims counts it without this row's lock being asked for.
    task.save(update_fields=["status", "published_at", "closed_at", "close_reason"])
    audit.record(actor, verb, task, before={"status": before}, after={"status": status}, why=why)


def _write(task: Task, fields: TaskFields) -> None:
    plain = asdict(fields)
    plain.pop("steps")
    audience = plain.pop("audience")
    amount, kind = plain.pop("amount_fen"), plain.pop("coupon_kind")
    for name, value in (plain | audience).items():
        setattr(task, name, _tidy(value))
    task.pool = Pool.objects.get(programme=task.programme, unit=fields.unit)
    task.coupon_kind = CouponKind.objects.get(pk=kind) if fields.unit == Unit.COUPON else None
    task.amount = task.coupon_kind.face if task.coupon_kind else amount
    task.save()
    TaskStep.objects.bulk_create(
        TaskStep(task=task, position=number, **asdict(step))
        for number, step in enumerate(fields.steps, start=1)
    )


def _tidy(value: Any) -> Any:
    if isinstance(value, str):
        return value.strip()
    return list(value) if isinstance(value, tuple) else value


def _said(task: Task) -> dict[str, Any]:
    return {"code": task.code, "amount": task.amount, "unit": task.unit, "quota": task.quota}
