"""The list behind each number of the UP plan, to sort, filter and take along."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from matchmaking.fairs.states import YEAR_LABELS
from portal.core import clock
from portal.core.actor import Actor
from portal.core.tables import TableColumn, TableFilter, TableKind, register_table
from portal.goals import rules, selectors
from portal.goals.engine import Pace
from portal.goals.states import Goal, Reach, Subject
from portal.parties.models import Region
from portal.parties.states import PartyKind, PartyStatus

TONES = {Reach.PAST: "ok", Reach.ON_PACE: "info", Reach.SHORT: ""}


def _regions() -> Sequence[tuple[str, str]]:
    return [(one.code, one.name) for one in Region.objects.all()]


def _of_region(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(region=value)


def _what(row: Any) -> str:
    if row.subject == Subject.PRODUCT:
        return str(row.product_name or row.product)
    return str(row.party.name)


def _note(row: Any) -> str:
    return row.party.name if row.subject == Subject.PRODUCT else ""


def _address(row: Any) -> str:
    """The public page, where there is one."""
    if row.party.status != PartyStatus.LISTED:
        return ""
    return reverse(f"{row.party.kind}_detail", args=[row.party_id])


def _bar(row: Any) -> int:
    return min(100, int(selectors.share_of(row)))


def _ahead(row: Any) -> int:
    return Pace(row.days_gone, row.days).leads_to(row.net_fen)


COLUMNS: tuple[TableColumn, ...] = (
    TableColumn("name", _("Who or what"), _what, url=_address, note=_note),
    TableColumn("region", _("Region"), lambda row: row.region.name),
    TableColumn("first", _("First order"), lambda row: row.first_on, form="day", is_shown=False),
    TableColumn("net", _("Settled net GMV"), lambda row: row.net_fen, form="money", sort="net_fen"),
    TableColumn("ahead", _("At today's pace"), _ahead, form="money"),
    TableColumn("bar", _("Share of the threshold"), _bar, form="bar", plain=selectors.share_of),
    TableColumn("share", _("Share in percent"), selectors.share_of, form="num"),
    TableColumn(
        "reach",
        _("State"),
        lambda row: selectors.reach_of(row).label,
        form="tag",
        tone=lambda row: TONES[selectors.reach_of(row)],
    ),
)


def _table(goal: Goal) -> TableKind:
    def rows(actor: Actor) -> QuerySet[Any]:
        return selectors.sums_of(actor, goal)

    return TableKind(
        name=f"goal_{goal.value}",
        title=goal.label,
        url=lambda _actor: reverse("goal_detail", args=[goal.value]),
        rows=rows,
        may=rules.can_see_goals,
        order="-net_fen",
        filters=(
            TableFilter("state", _("State"), lambda: Reach.choices, selectors.of_reach),
            TableFilter("region", _("Region"), _regions, _of_region),
        ),
        columns=COLUMNS,
    )


TABLES = {goal: register_table(_table(goal)) for goal in Goal}


# --- who has a seat ------------------------------------------------------------------------------


def _in_region(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(city__region__code=value)


def _page_of(party: Any) -> str:
    is_listed = party.status == PartyStatus.LISTED
    return reverse(f"{party.kind}_detail", args=[party.pk]) if is_listed else ""


def _seats(role: PartyKind) -> TableKind:
    def rows(_actor: Actor) -> QuerySet[Any]:
        return selectors.seated_of(role, clock.today())

    return TableKind(
        name=f"seats_{role.value}",
        title=YEAR_LABELS[role],
        url=lambda _actor: reverse("goal_seats", args=[role.value]),
        rows=rows,
        may=rules.can_see_goals,
        order="-seats",
        filters=(TableFilter("region", _("Region"), _regions, _in_region),),
        columns=(
            TableColumn("name", _("Name"), lambda row: row.name, url=_page_of),
            TableColumn("city", _("City"), lambda row: row.city.name),
            TableColumn("region", _("Region"), lambda row: row.city.region.name),
            TableColumn(
                "seats", _("Fairs with a seat"), lambda row: row.seats, form="num", sort="seats"
            ),
        ),
    )


SEATS = {role.value: register_table(_seats(role)) for role in selectors.SEATED}
