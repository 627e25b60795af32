"""Tasks in the evaluation's register of remedies: what can be claimed now and lifts something."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction

from portal.core.actor import Actor
from portal.evaluation.models import Remedy, RemedyKind
from portal.evaluation.services import bring_remedies, close_remedies, register_remedy
from portal.rewards.models import Task

ORIGIN = "rewards.task:"


@transaction.atomic
def refresh_remedies(actor: Actor) -> int:
    """New ones are told, those whose window is over are closed, those that opened again stand
    again; how many changed. Safe to run twice."""
    open_now = {_origin(task): task for task in Task.objects.open().exclude(indicator="")}
    known = dict(
        Remedy.objects.filter(origin__startswith=ORIGIN).values_list("origin", "is_open").distinct()
    )
    over = [origin for origin, is_open in known.items() if is_open and origin not in open_now]
    again = [task for origin, task in open_now.items() if known.get(origin) is False]
    new = [task for origin, task in open_now.items() if origin not in known]
    for origin in over:
        close_remedies(actor, origin=origin)
    for task in again:
        _register(actor, task)
    bring_remedies(actor, remedies=list(_rows(new)))
    return len(over) + len(again) + len(new)


def _origin(task: Task) -> str:
    return f"{ORIGIN}{task.code}"


def _register(actor: Actor, task: Task) -> None:
    register_remedy(
        actor,
        origin=_origin(task),
        indicators=[task.indicator],
        kind=RemedyKind.TASK,
        title_zh=task.title_zh,
        title_en=task.title_en,
        url=task.get_absolute_url(),
    )


def _rows(tasks: list[Task]) -> Iterator[Remedy]:
    for task in tasks:
        yield Remedy(
            indicator=task.indicator,
            kind=RemedyKind.TASK,
            title_zh=task.title_zh,
            title_en=task.title_en,
            url=task.get_absolute_url(),
            origin=_origin(task),
        )
