"""Quarters as a list that sorts, filters and exports: an agency's own, or everybody's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.tables import TableColumn, TableFilter, TableKind, register_table
from portal.tiers import rules, tones
from portal.tiers.engine import Quarter, parse_quarter
from portal.tiers.models import StarReview
from portal.tiers.selectors import quarter_in_words
from portal.tiers.states import Movement, ReviewStatus, Stars

MOST_QUARTERS = 20


def _seen(actor: Actor) -> QuerySet[StarReview]:
    return StarReview.objects.visible_to(actor).select_related("party__city")


def _quarters() -> Sequence[tuple[str, str]]:
    found = StarReview.objects.order_by("-year", "-quarter").values_list("year", "quarter")
    return [
        (str(one := Quarter(y, n)), quarter_in_words(one))
        for y, n in found.distinct()[:MOST_QUARTERS]
    ]


def _of_quarter(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    quarter = parse_quarter(value)
    return rows.filter(year=quarter.year, quarter=quarter.number) if quarter else rows


def _of_status(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(status=value)


def _of_movement(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(movement=value)


def _of_stars(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(result=int(value)) if value in {str(n) for n in Stars.values} else rows


QUARTERS = register_table(
    TableKind(
        name="star_quarters",
        title=_("Quarters of agencies"),
        url="star_register",
        rows=_seen,
        may=rules.can_list_quarters,
        order="-net_fen",
        filters=(
            TableFilter("quarter", _("Quarter"), _quarters, _of_quarter),
            TableFilter("status", _("Status"), lambda: ReviewStatus.choices, _of_status),
            TableFilter("movement", _("Movement"), lambda: Movement.choices, _of_movement),
            TableFilter(
                "stars",
                _("Tier"),
                lambda: [(str(value), label) for value, label in Stars.choices],
                _of_stars,
            ),
        ),
        columns=(
            TableColumn(
                "agency",
                _("Agency"),
                lambda row: row.party.name,
                url=lambda row: row.get_absolute_url(),
            ),
            TableColumn("quarter", _("Quarter"), lambda row: quarter_in_words(row.of_quarter)),
            TableColumn(
                "creators",
                _("Active creators"),
                lambda row: row.creators,
                form="num",
                sort="creators",
            ),
            TableColumn(
                "net",
                _("Settled net GMV"),
                lambda row: row.net_fen,
                form="money",
                sort="net_fen",
            ),
            TableColumn("health", _("Health"), lambda row: row.points, form="num"),
            TableColumn("before", _("Stars before"), lambda row: row.get_before_display()),
            TableColumn(
                "reached",
                _("Stars reached"),
                lambda row: row.get_reached_display(),
                sort="reached",
            ),
            TableColumn("result", _("Stars from then on"), lambda row: row.get_result_display()),
            TableColumn("movement", _("Movement"), lambda row: row.get_movement_display()),
            TableColumn(
                "status",
                _("Status"),
                lambda row: row.get_status_display(),
                form="tag",
                tone=lambda row: tones.QUARTER.get(row.status, ""),
            ),
        ),
    )
)
