"""Frameworks as a list that sorts, filters and exports: an agency's own, or everybody's."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.tables import TableColumn, TableFilter, TableKind, register_table
from portal.tiers import rules, tones
from portal.tiers.framework_states import FrameworkStatus
from portal.tiers.models import Framework
from portal.tiers.selectors.framework_lists import COURSES, of_course, of_status, of_year, years


def _seen(actor: Actor) -> QuerySet[Framework]:
    return Framework.objects.visible_to(actor).select_related("party__city", "keeper")


def _pace(row: Framework) -> int | None:
    return row.actual_fen * 100 // row.due_fen if row.due_fen else None


def _pace_tone(row: Any) -> str:
    pace = _pace(row)
    return "" if pace is None else "ok" if pace >= 90 else "bad"


FRAMEWORKS = register_table(
    TableKind(
        name="frameworks",
        title=_("Annual frameworks"),
        url="framework_list",
        rows=_seen,
        may=rules.can_see_frameworks,
        order="-starts_on",
        filters=(
            TableFilter("status", _("State"), lambda: FrameworkStatus.choices, of_status),
            TableFilter("year", _("Year"), years, of_year),
            TableFilter("course", _("Against the plan"), lambda: COURSES, of_course),
        ),
        columns=(
            TableColumn(
                "agency",
                _("Agency"),
                lambda row: row.party.name,
                url=lambda row: row.get_absolute_url(),
            ),
            TableColumn(
                "starts", _("From"), lambda row: row.starts_on, form="day", sort="starts_on"
            ),
            TableColumn("last", _("Until"), lambda row: row.last_day, form="day"),
            TableColumn(
                "target", _("Target"), lambda row: row.target_fen, form="money", sort="target_fen"
            ),
            TableColumn(
                "actual",
                _("Settled net GMV"),
                lambda row: row.actual_fen,
                form="money",
                sort="actual_fen",
            ),
            TableColumn(
                "pace",
                _("Of the plan so far (%)"),
                _pace,
                form="num",
                note=lambda row: _("behind") if _pace_tone(row) == "bad" else "",
            ),
            TableColumn(
                "projected",
                _("At today's pace"),
                lambda row: row.projected_fen,
                form="money",
                sort="projected_fen",
            ),
            TableColumn(
                "rebate",
                _("Rebate, estimated"),
                lambda row: row.rebate_fen,
                form="money",
                sort="rebate_fen",
            ),
            TableColumn(
                "keeper", _("Kept by"), lambda row: row.keeper and row.keeper.name, is_shown=False
            ),
            TableColumn(
                "status",
                _("State"),
                lambda row: row.get_status_display(),
                form="tag",
                tone=lambda row: tones.FRAMEWORK.get(row.status, ""),
            ),
        ),
    )
)
