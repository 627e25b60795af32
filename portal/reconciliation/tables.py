"""Differences to sort, filter and take along: all of them, or those of a day."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.tables import TableColumn, TableFilter, TableKind, register_table
from portal.reconciliation import rules
from portal.reconciliation.models import Day, Difference
from portal.reconciliation.selectors import expected_of, found_of, subject_of
from portal.reconciliation.states import (
    Between,
    Book,
    DifferenceKind,
    DifferenceStatus,
)
from portal.revenue.models import Feed

TONES = {DifferenceStatus.OPEN: "warn", DifferenceStatus.RESOLVED: "ok"}


def _rows(actor: Actor) -> QuerySet[Difference]:
    return Difference.objects.select_related("day__feed", "resolved_by")


def _of(field: str) -> Any:
    return lambda rows, value: rows.filter(**{field: value})


def _of_day(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(day=value) if value.isdecimal() and len(value) < 19 else rows.none()


def _of_feed(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(day__book=Book.BANK) if value == "bank" else rows.filter(day__feed=value)


def _feeds() -> list[tuple[str, Any]]:
    feeds = [(feed.pk, feed.name) for feed in Feed.objects.order_by("code")]
    return [*feeds, ("bank", Book.BANK.label)]


def _day_of(row: Difference) -> str:
    day: Day = row.day
    return f"{day.name} {day.day:%Y-%m-%d}"


FILTERS = (
    TableFilter("status", _("State"), lambda: DifferenceStatus.choices, _of("status")),
    TableFilter("kind", _("Kind"), lambda: DifferenceKind.choices, _of("kind")),
    TableFilter("between", _("Between"), lambda: Between.choices, _of("between")),
)
WHAT = (
    TableColumn("subject", _("About"), subject_of, url=lambda row: row.get_absolute_url()),
    TableColumn("day", _("Day"), _day_of, url=lambda row: row.day.get_absolute_url()),
    TableColumn("kind", _("Kind"), lambda row: row.get_kind_display()),
    TableColumn("between", _("Between"), lambda row: row.get_between_display(), is_shown=False),
    TableColumn(
        "expected", _("Should be"), lambda row: row.expected_fen, form="money", note=expected_of
    ),
    TableColumn(
        "found", _("What is there"), lambda row: row.found_fen, form="money", note=found_of
    ),
    TableColumn("off", _("Off by"), lambda row: row.off_fen, form="money", is_shown=False),
    TableColumn(
        "found_at", _("First found"), lambda row: row.found_at, form="moment", sort="found_at"
    ),
    TableColumn("why", _("Why"), lambda row: row.why, is_shown=False),
    TableColumn("document", _("Document"), lambda row: row.document, is_shown=False),
    TableColumn(
        "resolved_by",
        _("Resolved by"),
        lambda row: row.resolved_by.name if row.resolved_by else "",
        is_shown=False,
    ),
    TableColumn(
        "status",
        _("State"),
        lambda row: row.get_status_display(),
        form="tag",
        tone=lambda row: TONES.get(DifferenceStatus(row.status), ""),
    ),
)


def _pick(row: Difference) -> Any:
    return row.pk if row.status == DifferenceStatus.OPEN else None


ALL = register_table(
    TableKind(
        name="differences",
        title=_("Differences"),
        url="reconciliation_differences",
        rows=_rows,
        may=rules.can_see_days,
        order="-found_at",
        filters=(
            *FILTERS,
            TableFilter("feed", _("Of"), _feeds, _of_feed),
            TableFilter("day", _("Day"), list, _of_day, is_shown=False),
        ),
        columns=(
            TableColumn("pick", _("Choose"), _pick, form="pick", note=subject_of),
            *WHAT,
        ),
        daily_rows=500_000,
    )
)
