"""The days of one's own feed as a list that sorts, filters and exports."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from portal.activity.models import ActivityDay
from portal.activity.rules import can_list_days
from portal.activity.states import Source
from portal.core.actor import Actor
from portal.core.tables import TableColumn, TableFilter, TableKind, register_table


def _own_days(actor: Actor) -> QuerySet[ActivityDay]:
    """For each day the best source's word."""
    best = ActivityDay.objects.visible_to(actor).best()
    return ActivityDay.objects.filter(pk__in=best.values("pk"))


DAYS = register_table(
    TableKind(
        name="activity_days",
        title=_("Daily figures"),
        url="activity_list",
        rows=_own_days,
        may=can_list_days,
        order="-day",
        size=30,
        filters=(
            TableFilter(
                "sold",
                _("Sold something"),
                lambda: [("1", _("yes")), ("0", _("no"))],
                lambda rows, value: rows.filter(has_sold=value == "1"),
            ),
            TableFilter(
                "source",
                _("Source"),
                lambda: [(source.name.lower(), source.label) for source in Source],
                lambda rows, value: rows.filter(
                    source__in=[one for one in Source if one.name.lower() == value]
                ),
            ),
        ),
        columns=(
            TableColumn("day", _("Day"), lambda row: row.day, form="day", sort="day"),
            TableColumn(
                "followers", _("Followers"), lambda row: row.followers, form="num", sort="followers"
            ),
            TableColumn(
                "shopping", _("Shopping followers"), lambda row: row.shopping_followers, form="num"
            ),
            TableColumn("videos", _("Videos"), lambda row: row.videos, form="num", sort="videos"),
            TableColumn(
                "lives", _("Live sessions"), lambda row: row.lives, form="num", sort="lives"
            ),
            TableColumn(
                "sold", _("Sold something"), lambda row: _now("yes") if row.has_sold else _now("no")
            ),
            TableColumn("source", _("Source"), lambda row: row.get_source_display()),
        ),
    )
)
