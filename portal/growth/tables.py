"""Every creator's place on the four lines, for operators who follow growth."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.tables import TableColumn, TableFilter, TableKind, register_table
from portal.growth import rules
from portal.growth.models import LineStanding
from portal.growth.selectors import in_words
from portal.growth.states import Level
from portal.rewards.states import Line


def _seen(actor: Actor) -> QuerySet[LineStanding]:
    return LineStanding.objects.visible_to(actor).select_related("party__city")


def _of_line(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(line=value)


def _of_level(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(level=int(value)) if value in {str(n) for n in Level.values} else rows


LINES = register_table(
    TableKind(
        name="growth_lines",
        title=_("Levels of creators"),
        url="growth_register",
        rows=_seen,
        may=rules.can_see_all_lines,
        order="-level",
        filters=(
            TableFilter("line", _("Growth line"), lambda: Line.choices, _of_line),
            TableFilter(
                "level",
                _("Level"),
                lambda: [(str(value), label) for value, label in Level.choices],
                _of_level,
            ),
        ),
        columns=(
            TableColumn(
                "creator",
                _("Creator"),
                lambda row: row.party.name,
                url=lambda row: row.party.get_absolute_url(),
            ),
            TableColumn("line", _("Growth line"), lambda row: row.get_line_display()),
            TableColumn("level", _("Level"), lambda row: row.level, form="num", sort="level"),
            TableColumn("value", _("Value now"), lambda row: in_words(row.line, row.value)),
            TableColumn("since", _("Since"), lambda row: row.since, form="day"),
        ),
    )
)
