"""A party's own claims, and everybody's as operators work on them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, DateTimeField, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.core.actor import Actor
from portal.core.tables import TableColumn, TableFilter, TableKind, register_table
from portal.rewards import states, tones
from portal.rewards.models import Claim, Programme
from portal.rewards.rules import can_see_claims
from portal.rewards.rules.own import can_see_own_tasks
from portal.rewards.states import ClaimStatus
from portal.rewards.words import amount_in_words

TO_VERIFY = "to_verify"


def _of_status(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    if value == TO_VERIFY:
        return rows.filter(status__in=states.WAITING)
    return rows.filter(status=value)


def _statuses() -> Sequence[tuple[str, Any]]:
    return [(TO_VERIFY, _("To be verified")), *ClaimStatus.choices]


def _seasons() -> Sequence[tuple[str, str]]:
    return [(one.code, one.name) for one in Programme.objects.order_by("-starts_on")[:20]]


SEASON = TableFilter(
    "season",
    _("Season"),
    _seasons,
    lambda rows, value: rows.filter(task__programme__code=value),
)


def _own(actor: Actor) -> QuerySet[Claim]:
    return Claim.objects.filter(party=actor.party_id).select_related("task")


def _everybodys(actor: Actor) -> QuerySet[Claim]:
    rows = Claim.objects.visible_to(actor).select_related("task__programme", "party")
    handed_in = Coalesce("submitted_at", "claimed_at", output_field=DateTimeField())
    return rows.annotate(handed_in=handed_in, odd=Count("signs"))


def _ended(row: Claim) -> datetime | None:
    return row.rewarded_at or row.ended_at


TASK = TableColumn(
    "task",
    _("Task"),
    lambda row: row.task.title,
    url=lambda row: row.get_absolute_url(),
    note=lambda row: row.why_not,
)
CLAIMED = TableColumn(
    "claimed", _("Claimed"), lambda row: row.claimed_at, form="day", sort="claimed_at"
)
DUE = TableColumn("due", _("Finish by"), lambda row: row.due_at, form="day", sort="due_at")
REWARD = TableColumn(
    "reward",
    _("Reward"),
    lambda row: amount_in_words(row.task.unit, row.amount),
    note=lambda row: row.get_standing_display(),
)
STATUS = TableColumn(
    "status",
    _("Status"),
    lambda row: row.get_status_display(),
    form="tag",
    tone=lambda row: tones.CLAIM.get(row.status, ""),
)
OWN_CLAIMS = register_table(
    TableKind(
        name="own_claims",
        title=_("My claims"),
        url="task_mine",
        rows=_own,
        may=can_see_own_tasks,
        order="-claimed_at",
        filters=(TableFilter("status", _("Status"), lambda: ClaimStatus.choices, _of_status),),
        columns=(
            TASK,
            CLAIMED,
            DUE,
            TableColumn("ended", _("Ended"), _ended, form="day", is_shown=False),
            REWARD,
            STATUS,
        ),
    )
)
CLAIMS = register_table(
    TableKind(
        name="task_claims",
        title=_("Claims of tasks"),
        url="task_claim_register",
        rows=_everybodys,
        may=can_see_claims,
        order="handed_in",
        filters=(
            TableFilter("status", _("Status"), _statuses, _of_status),
            SEASON,
            TableFilter(
                "signs",
                pgettext_lazy("claim", "Signs"),
                lambda: (("1", _("with signs")), ("0", _("without"))),
                lambda rows, value: rows.filter(odd__gt=0) if value == "1" else rows.filter(odd=0),
            ),
            TableFilter(
                "task",
                _("Task"),
                lambda: (),
                lambda rows, value: rows.filter(task__code=value),
                is_shown=False,
            ),
        ),
        columns=(
            TableColumn(
                "party",
                _("Party"),
                lambda row: row.party.name,
                url=lambda row: row.get_absolute_url(),
                note=lambda row: row.party.get_kind_display(),
            ),
            TableColumn("task", _("Task"), lambda row: row.task.title),
            TableColumn("season", _("Season"), lambda row: row.task.programme.name, is_shown=False),
            TableColumn(
                "handed_in",
                _("Handed in"),
                lambda row: row.submitted_at,
                form="moment",
                sort="handed_in",
            ),
            TableColumn(
                "signs",
                pgettext_lazy("claim", "Signs"),
                lambda row: row.odd or None,
                form="num",
                sort="odd",
            ),
            DUE,
            REWARD,
            STATUS,
        ),
    )
)
