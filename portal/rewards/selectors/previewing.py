"""What a task would take, before it is claimed."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection

from portal.core import clock
from portal.parties.models import Party
from portal.rewards.fields import Path, PathStep
from portal.rewards.models import Task

# What counts from the season's first day counts already; for comparison what was done lately, in as
# many days as the task gives.
COUNT = """
    SELECT step.id,
        CASE WHEN step.since = 'season' THEN coalesce(sum(worth) FILTER (
            WHERE at >= programme.starts_on::timestamp AT TIME ZONE 'Asia/Shanghai'), 0)
        ELSE 0 END,
        coalesce(sum(worth) FILTER (WHERE at >= %(lately)s), 0)
    FROM rewards_taskstep step
    JOIN rewards_task task ON task.id = step.task_id
    JOIN rewards_programme programme ON programme.id = task.programme_id
    LEFT JOIN LATERAL (
        SELECT record.at, CASE step.fold WHEN 'sum' THEN record.amount - record.given_back
            ELSE (record.given_back = 0 OR record.given_back < record.amount)::int END AS worth
        FROM rewards_steprecord record
        WHERE record.party_id = %(party)s AND record.event = step.event
            AND (step.scope = '' OR step.scope = record.scope)
    ) record ON true
    WHERE step.task_id = %(task)s
    GROUP BY step.id, programme.id
"""


def preview_path(task: Task, party: Party | None) -> Path:
    """`party` None: a visitor, for whom nothing is counted."""
    now = clock.now()
    counted = _counted(task, party) if party is not None else {}
    steps = [
        PathStep(
            event=step.event,
            fold=step.fold,
            target=step.target,
            scope=step.scope,
            counted=counted.get(step.pk, (0, 0))[0],
            lately=counted.get(step.pk, (0, 0))[1],
        )
        for step in task.steps.all()
    ]
    return Path(
        steps=steps,
        left=task.left,
        pool_left=task.pool.free,
        due_at=now + timedelta(days=task.finish_days),
        begin_by=now + timedelta(days=task.begin_days) if task.begin_days else None,
    )


def _counted(task: Task, party: Party) -> dict[int, tuple[int, int]]:
    lately = clock.now() - timedelta(days=task.finish_days)
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"task": task.pk, "party": party.pk, "lately": lately})
        return {step: (int(season), int(late)) for step, season, late in cursor.fetchall()}
