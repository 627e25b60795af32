"""Every task, as operators keep them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.core.actor import Actor
from portal.core.tables import TableColumn, TableFilter, TableKind, register_table
from portal.parties.states import PartyKind
from portal.rewards import states, tones
from portal.rewards.models import Programme, Task
from portal.rewards.rules import can_see_claims
from portal.rewards.states import TaskStatus, Unit
from portal.rewards.words import reward_of


def _rows(actor: Actor) -> QuerySet[Task]:
    rows = Task.objects.visible_to(actor).select_related("programme")
    waits = Count("claims", filter=Q(claims__status__in=states.WAITING))
    return rows.annotate(rest=F("quota") - F("taken"), waits=waits)


def _seasons() -> Sequence[tuple[str, str]]:
    return [(one.code, one.name) for one in Programme.objects.order_by("-starts_on")[:20]]


def _of_kind(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(kinds__contains=[value]) if value in PartyKind.values else rows


TASKS = register_table(
    TableKind(
        name="tasks",
        title=_("All tasks"),
        url="task_register",
        rows=_rows,
        may=can_see_claims,
        order="-created_at",
        filters=(
            TableFilter(
                "season",
                _("Season"),
                _seasons,
                lambda rows, value: rows.filter(programme__code=value),
            ),
            TableFilter(
                "status",
                _("Status"),
                lambda: TaskStatus.choices,
                lambda rows, value: rows.filter(status=value),
            ),
            TableFilter("kind", _("For"), lambda: PartyKind.choices, _of_kind),
            TableFilter(
                "unit",
                _("Reward"),
                lambda: Unit.choices,
                lambda rows, value: rows.filter(unit=value),
            ),
        ),
        columns=(
            TableColumn(
                "task",
                _("Task"),
                lambda row: row.title,
                url=lambda row: reverse("task_edit", args=[row.pk]),
                note=lambda row: row.programme.name,
            ),
            TableColumn("code", _("Code"), lambda row: row.code, is_shown=False),
            TableColumn(
                "for",
                _("For"),
                lambda row: ", ".join(str(PartyKind(one).label) for one in row.kinds),
                note=lambda row: " · ".join(row.sizes),
            ),
            TableColumn("reward", _("Reward"), reward_of),
            TableColumn("left", _("Rewards left"), lambda row: row.rest, form="num", sort="rest"),
            TableColumn(
                "quota",
                pgettext_lazy("quota", "Of"),
                lambda row: row.quota,
                form="num",
                sort="quota",
            ),
            TableColumn("waits", _("To verify"), lambda row: row.waits, form="num", sort="waits"),
            TableColumn(
                "closes", _("Claims until"), lambda row: row.closes_at, form="day", sort="closes_at"
            ),
            TableColumn(
                "status",
                _("Status"),
                lambda row: row.get_status_display(),
                form="tag",
                tone=lambda row: tones.TASK.get(row.status, ""),
            ),
        ),
    )
)
